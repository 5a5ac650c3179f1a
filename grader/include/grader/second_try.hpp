// Processes that fail for want of what others took.
#pragma once

#include "grader/process.hpp"

namespace grader {

/// `run`, but what was killed or told to end, or found no space on a disk, is
/// run once more. Where memory is short the kernel kills whom it chooses, and
/// that costs nobody points; code that kills itself does so again. No limit of
/// ours ends in that way. After five such tries there are no more: what kills
/// itself in every test must not cost twice the time. The callbacks of a
/// command see only what counts, at once, when it has ended.
Launch with_second_try(Launch run);

}  // namespace grader
