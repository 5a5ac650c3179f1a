// safetensors files: written to the side and renamed, read with suspicion.
#include "tinytorch/support/safetensors.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <stdexcept>
#include <vector>

namespace tinytorch {
namespace {

using nlohmann::json;
using std::filesystem::path;

static_assert(std::endian::native == std::endian::little,
              "the numbers of a file are little-endian and copied as they are");

constexpr std::uint64_t kLengthBytes = 8;
/// The format's own limit.
constexpr std::uint64_t kLongestHeader = 100'000'000;
/// How deep lists and objects of a header lie in one another, and one more.
constexpr int kDeepest = 4;
const char* const kMetadata = "__metadata__";

[[noreturn]] void fail(const char* operation, const path& file,
                       const std::string& reason) {
  throw std::runtime_error(std::string(operation) + ": " + file.string() +
                           ": " + reason);
}

[[noreturn]] void fail_with_errno(const char* operation, const path& file) {
  fail(operation, file, std::strerror(errno));
}

/// An open file, closed when it goes.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }

 private:
  int fd_;
};

/// For a message: a list may have a million entries.
std::string excerpt(const json& value) {
  const std::string text = value.dump();
  return text.size() <= 80 ? text : text.substr(0, 77) + "...";
}

// -- Writing ------------------------------------------------------------------

/// A new version of a file, in a file of its own beside it until commit().
/// Without commit() it disappears.
class NewVersion {
 public:
  NewVersion(const char* operation, const path& file)
      : operation_(operation),
        file_(file),
        side_(side_of(file)),
        out_(::open(side_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                    0666)) {
    if (!out_.is_open()) fail_with_errno(operation_, file_);
  }
  ~NewVersion() {
    if (!committed_) ::unlink(side_.c_str());
  }
  NewVersion(const NewVersion&) = delete;
  NewVersion& operator=(const NewVersion&) = delete;

  void write(const void* data, std::size_t size) {
    const char* next = static_cast<const char*>(data);
    while (size > 0) {
      const ssize_t written = ::write(out_.get(), next, size);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) stop();
      next += written;
      size -= static_cast<std::size_t>(written);
    }
  }

  /// The content must be on the disk before the name leads to it, and the name
  /// before anybody relies on it.
  void commit() {
    if (::fsync(out_.get()) != 0) stop();
    if (::rename(side_.c_str(), file_.c_str()) != 0) stop();
    committed_ = true;
    const path folder = file_.has_parent_path() ? file_.parent_path() : ".";
    const Descriptor in(::open(folder.c_str(), O_RDONLY | O_CLOEXEC));
    // Some file systems cannot sync a folder; they say EINVAL.
    if (in.is_open() && ::fsync(in.get()) != 0 && errno != EINVAL) stop();
  }

 private:
  /// A name that no other process or thread is writing to.
  static path side_of(path file) {
    static std::atomic<int> count = 0;
    return file += "." + std::to_string(::getpid()) + "." +
                   std::to_string(count++) + ".partial";
  }

  [[noreturn]] void stop() const { fail_with_errno(operation_, file_); }

  const char* operation_;
  path file_, side_;
  Descriptor out_;
  bool committed_ = false;
};

std::string header_of(const SafeTensors& content) {
  json header = json::object();
  if (!content.metadata.empty()) header[kMetadata] = content.metadata;
  std::int64_t end = 0;
  for (const auto& [name, tensor] : content.tensors) {
    const std::int64_t begin = end;
    end += tensor.size() * 4;
    header[name] = {{"dtype", "F32"},
                    {"shape", tensor.shape()},
                    {"data_offsets", {begin, end}}};
  }
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');  // The data begin aligned.
  return text;
}

// -- Reading ------------------------------------------------------------------

/// Where a tensor's bytes are, counted from the end of the header.
struct Range {
  std::uint64_t begin, end;
  Shape shape;
  std::string name;
};

/// One file being read. Everything about it that is wrong ends in stop().
class Reader {
 public:
  explicit Reader(const path& file)
      : file_(file),
        in_(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    struct stat status {};
    if (!in_.is_open() || ::fstat(in_.get(), &status) != 0) {
      fail_with_errno("load_safetensors", file_);
    }
    if (!S_ISREG(status.st_mode)) stop("it is no regular file");
    size_ = static_cast<std::uint64_t>(status.st_size);
  }

  SafeTensors read() {
    const json header = parse(read_header());
    SafeTensors content;
    std::vector<Range> ranges;
    for (const auto& [name, entry] : header.items()) {
      if (name == kMetadata) {
        content.metadata = metadata_of(entry);
      } else {
        ranges.push_back(range_of(name, entry));
      }
    }
    require_no_gaps(ranges);
    for (const Range& range : ranges) {
      Tensor tensor = Tensor::empty(range.shape);
      read_at(data_begin_ + range.begin, tensor.mutable_data(),
              range.end - range.begin);
      content.tensors.emplace(range.name, std::move(tensor));
    }
    return content;
  }

 private:
  [[noreturn]] void stop(const std::string& reason) const {
    fail("load_safetensors", file_, reason);
  }

  [[noreturn]] void stop(const std::string& name,
                         const std::string& reason) const {
    stop("tensor \"" + name + "\": " + reason);
  }

  void read_at(std::uint64_t offset, void* target, std::uint64_t size) const {
    char* next = static_cast<char*>(target);
    while (size > 0) {
      const ssize_t got =
          ::pread(in_.get(), next, size, static_cast<off_t>(offset));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) fail_with_errno("load_safetensors", file_);
      if (got == 0) stop("it is cut short");
      next += got;
      offset += static_cast<std::uint64_t>(got);
      size -= static_cast<std::uint64_t>(got);
    }
  }

  std::string read_header() {
    if (size_ < kLengthBytes) {
      stop("it is cut short: " + std::to_string(size_) + " bytes are too few");
    }
    std::uint64_t length = 0;
    read_at(0, &length, kLengthBytes);
    if (length > kLongestHeader) {
      stop("it is no safetensors file: its header would have " +
           std::to_string(length) + " bytes");
    }
    if (length > size_ - kLengthBytes) {
      stop("it is cut short: its header has " + std::to_string(length) +
           " bytes, the file " + std::to_string(size_));
    }
    data_begin_ = kLengthBytes + length;
    std::string header(length, ' ');
    read_at(kLengthBytes, header.data(), length);
    return header;
  }

  /// @returns a JSON object in which no key stands twice, and no deeper than a
  ///   header is: printing a deep one would overflow the stack
  json parse(const std::string& text) const {
    if (!text.starts_with('{')) {
      stop("it is no safetensors file: its header is no JSON object");
    }
    std::vector<std::set<std::string>> keys;  // of each object that is open
    const auto inspect = [&](int depth, json::parse_event_t event,
                             const json& parsed) {
      if (depth > kDeepest) stop("its header is nested too deeply");
      if (event == json::parse_event_t::object_start) keys.emplace_back();
      if (event == json::parse_event_t::object_end) keys.pop_back();
      if (event == json::parse_event_t::key) {
        const auto& key = parsed.get_ref<const std::string&>();
        if (!keys.back().insert(key).second) {
          stop("its header names \"" + key + "\" twice");
        }
      }
      return true;
    };
    try {
      return json::parse(text, inspect);
    } catch (const json::exception& error) {
      stop(std::string("its header is damaged: ") + error.what());
    }
  }

  Metadata metadata_of(const json& entry) const {
    if (!entry.is_object()) stop("its metadata are no JSON object");
    Metadata metadata;
    for (const auto& [key, value] : entry.items()) {
      if (!value.is_string()) stop("its metadata \"" + key + "\" are no text");
      metadata[key] = value.get<std::string>();
    }
    return metadata;
  }

  Range range_of(const std::string& name, const json& entry) const {
    for (const char* key : {"dtype", "shape", "data_offsets"}) {
      if (!entry.is_object() || !entry.contains(key)) {
        stop(name, std::string("it has no ") + key);
      }
    }
    if (entry["dtype"] != "F32") {
      stop(name, "its dtype is " + excerpt(entry["dtype"]) +
                     ", and only \"F32\" can be read: convert the file");
    }
    const auto offsets = numbers_of(name, "data_offsets", entry);
    if (offsets.size() != 2 || offsets[0] > offsets[1] ||
        offsets[1] > size_ - data_begin_) {
      stop(name, "its data_offsets " + excerpt(entry["data_offsets"]) +
                     " do not fit into the " +
                     std::to_string(size_ - data_begin_) +
                     " bytes of data: the file is cut short or damaged");
    }
    return {offsets[0], offsets[1], shape_of(name, entry), name};
  }

  std::vector<std::uint64_t> numbers_of(const std::string& name,
                                        const char* key,
                                        const json& entry) const {
    std::vector<std::uint64_t> numbers;
    const json& list = entry[key];
    for (const json& number : list) {
      if (!list.is_array() || !number.is_number_unsigned()) break;
      numbers.push_back(number.get<std::uint64_t>());
    }
    if (!list.is_array() || numbers.size() != list.size()) {
      stop(name, std::string("its ") + key + " " + excerpt(list) +
                     " must be a list of whole numbers of at least 0");
    }
    return numbers;
  }

  /// @returns a shape whose elements are exactly the bytes of the range
  Shape shape_of(const std::string& name, const json& entry) const {
    const auto extents = numbers_of(name, "shape", entry);
    // As numel() does, without the extents of 0: those bound nothing.
    std::int64_t bytes = 4;
    bool overflow = false, none = false;
    for (const std::uint64_t extent : extents) {
      none |= extent == 0;
      if (extent > 0) {
        overflow |= __builtin_mul_overflow(bytes, extent, &bytes);
      }
    }
    const auto& offsets = entry["data_offsets"];
    const auto length =
        offsets[1].get<std::uint64_t>() - offsets[0].get<std::uint64_t>();
    if (overflow || length != (none ? 0 : static_cast<std::uint64_t>(bytes))) {
      stop(name, "its shape " + excerpt(entry["shape"]) + " does not fit its " +
                     std::to_string(length) + " bytes");
    }
    return {extents.begin(), extents.end()};
  }

  /// One range must begin where another ends, from the first byte to the last.
  void require_no_gaps(std::vector<Range>& ranges) const {
    std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) {
      return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    std::uint64_t end = 0;
    for (const Range& range : ranges) {
      if (range.begin != end) {
        stop(range.name, "its bytes begin at " + std::to_string(range.begin) +
                             ", and those before it end at " +
                             std::to_string(end));
      }
      end = range.end;
    }
    if (end != size_ - data_begin_) {
      stop("it has " + std::to_string(size_ - data_begin_ - end) +
           " bytes after its last tensor");
    }
  }

  path file_;
  Descriptor in_;
  std::uint64_t size_ = 0;
  std::uint64_t data_begin_ = 0;
};

/// What `text` returns; what JSON cannot hold is an error of this file.
template <class Text>
std::string as_json(const char* operation, const path& file, Text text) {
  try {
    return text();
  } catch (const json::exception& error) {
    fail(operation, file, error.what());
  }
}

}  // namespace

void save_safetensors(const path& file, const SafeTensors& content) {
  const char* const operation = "save_safetensors";
  if (content.tensors.contains(kMetadata)) {
    fail(operation, file, "no tensor may be called \"__metadata__\"");
  }
  const std::string header =
      as_json(operation, file, [&] { return header_of(content); });
  const std::uint64_t length = header.size();
  if (length > kLongestHeader) fail(operation, file, "too many tensors");
  NewVersion version(operation, file);
  version.write(&length, kLengthBytes);
  version.write(header.data(), length);
  for (const auto& [name, tensor] : content.tensors) {
    const std::vector<float> values = tensor.to_vector();
    version.write(values.data(), values.size() * sizeof(float));
  }
  version.commit();
}

SafeTensors load_safetensors(const path& file) { return Reader(file).read(); }

void save_metadata(const path& file, const Metadata& metadata) {
  const char* const operation = "save_metadata";
  const std::string text =
      as_json(operation, file, [&] { return json(metadata).dump(2) + "\n"; });
  NewVersion version(operation, file);
  version.write(text.data(), text.size());
  version.commit();
}

}  // namespace tinytorch
