// What a released tree may hold in no form: solutions and hidden tests.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "dev/course.hpp"
#include "dev/text.hpp"

namespace tito::release {

/// Secret text, and the file of the course that it stands in.
using Secrets = std::map<std::string, std::string>;

/// The lines of more than 30 characters that only authors see: of solutions
/// what stands inside of marked regions, of hidden tests, probes and mutants
/// everything, with the tests' names. What also stands in headers, public
/// tests, their support code or outside of regions is no secret.
Secrets secrets_of(const dev::Course& course);

/// The places in a tree where secrets stand. Text is compared line by line:
/// in code that is given, one line of a solution may stand by chance, and so
/// may one of a test anywhere, unless it is an assertion; two in a row do not.
/// In a file that is not text (it has a zero byte) every occurrence counts.
std::vector<dev::Problem> find_secrets(const Secrets& secrets,
                                       const std::filesystem::path& tree);

}  // namespace tito::release
