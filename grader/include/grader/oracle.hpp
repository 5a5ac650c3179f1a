// The value oracle: a program with student code emits values, and this judge,
// which holds no student code, compares them with the reference's.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "grader/process.hpp"
#include "grader/test_run.hpp"

namespace grader {

/// The seed of one probe for one submission: HMAC-SHA256 of its parts under the
/// course's key, 16 hexadecimal digits. Nobody without the key can guess it,
/// and a regrade finds it again.
std::string probe_seed(std::string_view key, std::string_view module,
                       std::string_view submission, std::string_view probe);

/// What a probe program says that it holds, as tests that were not run.
/// @throws std::runtime_error  if it does not tell
std::vector<TestResult> list_probes(const std::filesystem::path& executable);

/// By the probe's name: what one run of several probes emitted for each.
std::map<std::string, std::string> split_probes(const std::string& report);

/// How emitted text differs from the reference's: "" if shapes and names are
/// equal and every value lies within the tolerance that the reference states.
/// Text that is not whole (no END, other counts, anything before or after)
/// differs.
std::string difference(const std::string& reference,
                       const std::string& student);

/// Runs each probe with its seed in a process of its own and judges it.
/// `reference` holds, by name, what the reference emitted for these seeds. A
/// task that lost its points to the clock, here or in `earlier`, costs no more
/// time, and nothing does once all of them took ten times `limits.wall`.
std::vector<TestResult> run_probes(
    const std::filesystem::path& executable,
    const std::vector<TestResult>& probes,
    const std::map<std::string, std::string>& seeds,
    const std::map<std::string, std::string>& reference, const Limits& limits,
    const Launch& run, const std::vector<TestResult>& earlier = {});

}  // namespace grader
