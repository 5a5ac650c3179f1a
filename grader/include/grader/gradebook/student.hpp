// Who is who: the roster's rows.
#pragma once

#include <string>

namespace grader {

/// What is not known is empty.
struct Student {
  std::string id;  ///< names the submission; see is_valid_id()
  std::string name, email, section;
  std::string sis_id;     ///< Canvas: SIS User ID; Brightspace: OrgDefinedId
  std::string login;      ///< the user name in the learning platform
  std::string moodle_id;  ///< the participant's number in Moodle
  std::string canvas_id;  ///< Canvas: ID
  bool enrolled = true;   ///< stood in the newest roster

  bool operator==(const Student&) const = default;
};

}  // namespace grader
