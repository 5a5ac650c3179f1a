#include "intake.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <utility>

namespace grader {
namespace {

constexpr std::size_t kMostIgnored = 200;
constexpr std::size_t kMostNamed = 3;

/// The folders and the name of a relative path; empty if it is not a plain
/// one: absolute, with "..", with a backslash or a control character.
std::vector<std::string> parts_of(const std::string& path) {
  if (path.empty() || path.front() == '/') return {};
  std::vector<std::string> parts;
  std::istringstream in(path);
  for (std::string part; std::getline(in, part, '/');) {
    if (part.empty() || part == ".") continue;
    if (part == ".." || part.find('\\') != std::string::npos) return {};
    for (const char c : part) {
      if (static_cast<unsigned char>(c) < 32 || c == 127) return {};
    }
    parts.push_back(part);
  }
  return parts;
}

/// Tools keep copies in such folders: .git, .tito, __MACOSX.
bool in_private_folder(const std::vector<std::string>& parts) {
  for (const std::string& part : parts) {
    if (part.front() == '.' || part == "__MACOSX") return true;
  }
  return false;
}

/// Where `tito submit` puts it, or in the one folder around everything.
bool is_manifest(const std::vector<std::string>& parts) {
  return !parts.empty() && parts.size() <= 2 && parts.back() == kManifestName &&
         !in_private_folder(parts);
}

/// What became of a file since it was packed; empty: nothing.
std::string change_of(const Manifest::File* listed, const std::string* text) {
  if (listed == nullptr) return text != nullptr ? "was added" : "";
  if (text == nullptr) return "went missing";
  return matches(*listed, *text) ? "" : "was changed";
}

bool has_source(const Module& module, const std::string& name) {
  for (const std::string& source : module.sources) {
    if (source == name) return true;
  }
  return false;
}

/// Whether they end in FOLDER/src/NAME.
bool in_source_folder(const std::vector<std::string>& parts,
                      const Module& module) {
  const auto depth = parts.size();
  return depth >= 3 && parts[depth - 2] == "src" &&
         parts[depth - 3] == module.folder();
}

std::string path_of(const Module& module, const std::string& source) {
  return fmt::format("modules/{}/src/{}", module.folder(), source);
}

}  // namespace

void Intake::count_entry() {
  if (++entries_ > limits_.entries) {
    throw IntakeError(
        fmt::format("it holds more than {} entries", limits_.entries));
  }
}

void Intake::count_bytes(std::uint64_t bytes) {
  bytes_ += bytes;
  check_total(bytes_);
}

void Intake::check_total(std::uint64_t bytes) const {
  if (bytes > limits_.total_bytes) {
    throw IntakeError(
        fmt::format("it unpacks to more than {} bytes", limits_.total_bytes));
  }
}

std::optional<Intake::Place> Intake::place_of(const std::string& path) const {
  const auto parts = parts_of(path);
  if (parts.empty() || in_private_folder(parts)) return {};
  const std::string& name = parts.back();
  const auto depth = parts.size();
  const Module* only = nullptr;
  int holders = 0;
  for (const Module& module : curriculum_.modules()) {
    if (!has_source(module, name)) continue;
    if (in_source_folder(parts, module)) {
      const bool exact = depth == 3 || parts[depth - 4] == "modules";
      return Place{{module.number, name},
                   {exact ? Kind::exact : Kind::other_folder, depth}};
    }
    only = &module;
    ++holders;
  }
  if (holders != 1 || depth > 2) return {};
  return Place{{only->number, name}, {Kind::bare, depth}};
}

bool Intake::wants(const std::string& path) const {
  return is_manifest(parts_of(path)) || place_of(path).has_value();
}

void Intake::take(const std::string& path, std::string text) {
  if (is_manifest(parts_of(path))) return read_manifest(path, text);
  const auto place = place_of(path);
  if (!place) return ignore(path, "");
  Candidate offered{place->rank, path, std::move(text)};
  const auto [present, is_new] = candidates_.try_emplace(place->key, offered);
  if (!is_new) keep_better(present->second, std::move(offered));
}

void Intake::read_manifest(const std::string& path, const std::string& text) {
  if (std::exchange(manifest_seen_, true)) {
    return ignore(path, "there is another one");
  }
  try {
    manifest_ = parse_manifest(text);
  } catch (const ManifestError& error) {
    note(fmt::format("{} cannot be read: {}", printable_name(path),
                     printable_name(error.what())));
  }
}

void Intake::compare_with_manifest(const Submission& submission) {
  if (manifest_->student != submission.id) {
    notes_.push_back(fmt::format("it was packed for {}, says its {}",
                                 printable_name(manifest_->student),
                                 kManifestName));
  }
  for (const Module& module : curriculum_.modules()) {
    for (const std::string& source : module.sources) {
      const std::string path = path_of(module, source);
      const auto taken = candidates_.find({module.number, source});
      const std::string change =
          change_of(manifest_->find(path),
                    taken == candidates_.end() ? nullptr : &taken->second.text);
      if (change.empty()) continue;
      notes_.push_back(fmt::format("{} {} after it was packed, says its {}",
                                   path, change, kManifestName));
    }
  }
}

void Intake::keep_better(Candidate& present, Candidate offered) {
  if (offered.rank == present.rank && offered.text != present.text) {
    present.ambiguous = true;
    note(fmt::format(
        "{} and {} are the same file of the course; "
        "neither was taken",
        printable_name(present.path), printable_name(offered.path)));
    return;
  }
  if (offered.rank < present.rank) std::swap(present, offered);
  ignore(offered.path, "");
}

void Intake::ignore(const std::string& path, const std::string& why) {
  const std::string name = printable_name(path);
  if (!why.empty()) note(fmt::format("{}: {}", name, why));
  if (why.empty() && !wants(path)) remember_alike(path);
  if (ignored_.size() < kMostIgnored) {
    ignored_.push_back(name);
  } else if (ignored_.size() == kMostIgnored) {
    ignored_.emplace_back("... and more");
  }
}

void Intake::remember_alike(const std::string& path) {
  const auto parts = parts_of(path);
  if (parts.empty() || in_private_folder(parts)) return;
  const std::string name = lower_case(parts.back());
  for (const Module& module : curriculum_.modules()) {
    if (alike_.size() >= kMostIgnored || !has_source(module, name)) continue;
    alike_.emplace(Key(module.number, name), path);
  }
}

void Intake::note(std::string text) {
  if (notes_.size() < kMostIgnored) notes_.push_back(std::move(text));
}

void Intake::note_alike(const Submission& submission) {
  for (const auto& [key, path] : alike_) {
    const auto& [number, source] = key;
    const auto taken = submission.files.find(number);
    if (taken != submission.files.end() && taken->second.contains(source)) {
      continue;
    }
    const Module& module = *curriculum_.module(number);
    note(fmt::format("'{}' looks like {} of {}, but is not {}: not taken",
                     printable_name(path), source, module.folder(),
                     path_of(module, source)));
  }
}

void Intake::note_nothing() {
  std::string names;
  for (std::size_t i = 0; i < std::min(kMostNamed, ignored_.size()); ++i) {
    names += (i == 0 ? ": it holds " : ", ") + ignored_[i];
  }
  note("no file of the course was taken" + names);
}

void Intake::finish(Submission& submission) {
  if (manifest_) compare_with_manifest(submission);
  for (auto& [key, candidate] : candidates_) {
    if (candidate.ambiguous) continue;
    submission.files[key.first][key.second] = std::move(candidate.text);
  }
  note_alike(submission);
  if (submission.files.empty()) note_nothing();
  submission.ignored = std::move(ignored_);
  submission.notes = std::move(notes_);
}

std::string lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

std::string printable_name(const std::string& name) {
  std::string result;
  for (const char c : name.substr(0, 200)) {
    const auto code = static_cast<unsigned char>(c);
    result += code < 32 || code > 126 ? fmt::format("\\x{:02x}", code)
                                      : std::string(1, c);
  }
  return result;
}

}  // namespace grader
