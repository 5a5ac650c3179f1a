// Submissions that look alike: winnowing over normalised C++ tokens (Schleimer,
// Wilkerson and Aiken, 2003). Names, numbers, strings, comments and the order
// of functions do not count.
//
// A signal, never a verdict. A short task has few good solutions, and some
// courses let people work together: someone has to look at the spans, and to
// ask.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace grader {

/// Tokens in a fingerprint: what is shorter never matches.
inline constexpr std::size_t kGramTokens = 12;
/// Of so many fingerprints in a row at least one is kept: equal code of
/// kGramTokens + kWindow - 1 tokens is always found.
inline constexpr std::size_t kWindow = 8;

/// What the reader of any such list has to know.
inline constexpr std::string_view kSimilarityNote =
    "A signal, never a verdict: short tasks have few good solutions. Read both "
    "sides, and ask, before you conclude anything.";

/// The hash of kGramTokens tokens in a row.
struct Fingerprint {
  std::uint64_t hash = 0;
  std::uint32_t file = 0;   ///< index into CodePrint::files
  std::uint32_t token = 0;  ///< the first one's place in the file, from 0
  int first_line = 0, last_line = 0;
};

/// Code that everybody was given or could have been: the handout, the headers,
/// the reference solutions.
class CommonCode {
 public:
  void add(std::string_view text);
  bool contains(std::uint64_t hash) const { return hashes_.contains(hash); }

 private:
  std::unordered_set<std::uint64_t> hashes_;
};

/// What is one student's own in a module: fingerprints of which at least half
/// the tokens stand in no gram of the common code. One line between lines of
/// the handout is nobody's own.
struct CodePrint {
  std::string student;
  std::vector<std::string> files;
  std::vector<Fingerprint> prints;  ///< by file and token
};

/// Takes any bytes. `files` are texts by name.
CodePrint code_print(const std::string& student,
                     const std::map<std::string, std::string>& files,
                     const CommonCode& common);

struct LineRange {
  std::string file;
  int first = 0, last = 0;  ///< from 1, both included
  bool operator==(const LineRange&) const = default;
};

/// The same code on both sides.
struct MatchedSpan {
  LineRange left, right;
  bool operator==(const MatchedSpan&) const = default;
};

struct SimilarPair {
  std::string left, right;      ///< students, in order
  std::size_t shared = 0;       ///< different fingerprints that both have
  std::size_t left_total = 0;   ///< different fingerprints of each
  std::size_t right_total = 0;  ///< without those of the common code
  std::vector<MatchedSpan> spans;

  double jaccard() const;      ///< shared of all that either has: 0 to 1
  double containment() const;  ///< shared of what the smaller has: 0 to 1
};

struct SimilarityOptions {
  std::size_t least_shared = 8;  ///< five lines or so
  double least_containment = 0.3;
  std::size_t most_pairs = 1000;
};

/// The pairs that share enough, highest containment first: a copy is a copy
/// whatever was added to it. Equal input gives equal output, whatever its
/// order.
std::vector<SimilarPair> similar_pairs(const std::vector<CodePrint>& prints,
                                       const SimilarityOptions& options = {});

struct SimilarityFinding {
  std::string module;  ///< "05"
  SimilarPair pair;
};

struct SimilarityReport {
  std::size_t submissions = 0;
  std::vector<std::string> left_out;  ///< "id: why"
  std::vector<SimilarityFinding> findings;
};

/// Gives the students other names. Neither which one stands on the left nor
/// the order of equal pairs tells the old ones.
void rename_students(
    std::vector<SimilarityFinding>& findings,
    const std::function<std::string(const std::string&)>& new_name);

/// One JSON document, with kSimilarityNote.
std::string to_json_text(const SimilarityReport& report);

/// @throws InputError  if the text is no such document
SimilarityReport similarity_from_json(const std::string& text);

}  // namespace grader
