// safetensors files: what is written, what is refused, and what never happens
// to the old file.
#include "tinytorch/support/safetensors.hpp"

#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cstdint>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using std::filesystem::path;
using test::IsTensor;
using test::make;
using test::Mentions;
using test::slurp;
using test::spit;
using test::TemporaryFolder;

namespace {

std::string little_endian(std::uint64_t number) {
  std::string bytes;
  for (int i = 0; i < 8; ++i) {
    bytes += static_cast<char>(number >> (8 * i) & 0xff);
  }
  return bytes;
}

/// A file with this header and `size` bytes of data.
std::string with_header(const std::string& header, std::size_t size) {
  return little_endian(header.size()) + header + std::string(size, '\0');
}

/// The header's entry of one tensor.
std::string entry(const std::string& name, const std::string& shape,
                  const std::string& offsets,
                  const std::string& dtype = "\"F32\"") {
  return "\"" + name + "\":{\"dtype\":" + dtype + ",\"shape\":" + shape +
         ",\"data_offsets\":" + offsets + "}";
}

/// Why these bytes are refused; "" if they are not.
std::string refusal(const std::string& bytes) {
  const TemporaryFolder folder;
  const path file = folder / "file.safetensors";
  spit(file, bytes);
  reset_memory_stats();
  const std::int64_t before = memory_stats().live_bytes;
  std::string reason;
  try {
    load_safetensors(file);
  } catch (const std::runtime_error& error) {
    reason = error.what();
    CHECK_THAT(error, Mentions({"load_safetensors", file.string()}));
  }
  CHECK(memory_stats().peak_bytes - before <=
        static_cast<std::int64_t>(bytes.size()));
  return reason;
}

bool is_refused(const std::string& header, std::size_t size,
                const std::string& reason) {
  const std::string text = refusal(with_header(header, size));
  INFO(header << "\nexpected: " << reason << "\ngot: " << text);
  CHECK(text.find(reason) != std::string::npos);
  return text.find(reason) != std::string::npos;
}

SafeTensors small() {
  SafeTensors content;
  content.tensors = {{"a", make({2}, {1, 2})}, {"b", make({}, {3})}};
  content.metadata = {{"k", "v"}};
  return content;
}

std::size_t files_in(const path& folder) {
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator(folder), {}));
}

}  // namespace

TEST_CASE("safetensors: what is written can be read") {
  const TemporaryFolder folder;
  SafeTensors content;
  content.tensors = {{"scalar", make({}, {-0.0f})},
                     {"empty", make({0, 3}, {})},
                     {"matrix", make({2, 3}, {1, 2, 3, 4, 5, 6})},
                     {"scattered", test::scattered({2, 2}, {1, 2, 3, 4})},
                     {"odd \"name\" \n \u00e9", make({1}, {1e-45f})},
                     {"", make({3}, {test::kInf, -test::kInf, test::kNaN})}};
  content.metadata = {{"text", "line\n\"quoted\" \u00e9"}, {"empty", ""}};
  save_safetensors(folder / "a", content);
  const SafeTensors again = load_safetensors(folder / "a");
  CHECK(again.metadata == content.metadata);
  REQUIRE(again.tensors.size() == content.tensors.size());
  for (const auto& [name, tensor] : content.tensors) {
    CAPTURE(name);
    REQUIRE(again.tensors.contains(name));
    CHECK_THAT(again.tensors.at(name),
               IsTensor(tensor.shape(), test::values(tensor)));
  }
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("safetensors: nothing at all can be written") {
  const TemporaryFolder folder;
  save_safetensors(folder / "a", {});
  CHECK(slurp(folder / "a") == little_endian(8) + "{}      ");
  CHECK(load_safetensors(folder / "a").tensors.empty());
}

TEST_CASE("safetensors: another program reads the file") {
  const TemporaryFolder folder;
  SafeTensors content = small();
  content.tensors["layer.0/weight"] =
      make({2, 3}, {0.1f, -2.5f, 3e38f, 1e-45f, 5, 6});
  content.tensors["none"] = make({0}, {});
  save_safetensors(folder / "a", content);
  const std::string command = "python3 " COURSE_DIR
                              "/tests/framework/read_safetensors.py '" +
                              (folder / "a").string() + "'";
  FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text;
  for (int c; (c = ::fgetc(pipe)) != EOF;) text += static_cast<char>(c);
  REQUIRE(::pclose(pipe) == 0);
  const auto seen = nlohmann::json::parse(text);
  CHECK(seen["metadata"] == nlohmann::json{{"k", "v"}});
  REQUIRE(seen["tensors"].size() == content.tensors.size());
  for (const auto& [name, tensor] : content.tensors) {
    CAPTURE(name);
    REQUIRE(seen["tensors"].contains(name));
    CHECK(seen["tensors"][name]["shape"].get<Shape>() == tensor.shape());
    CHECK(seen["tensors"][name]["values"].get<std::vector<float>>() ==
          test::values(tensor));
  }
}

TEST_CASE("safetensors: a file of another program is read") {
  // Tensors in another order than their names, other spaces, a header that is
  // not padded, and no metadata.
  const std::string header = "{ " + entry("z", "[1, 1]", "[0, 4]") + " , \n" +
                             entry("a", "[2]", "[4,12]") + "}";
  const float numbers[] = {1.5f, 2.5f, -3.5f};
  const TemporaryFolder folder;
  spit(folder / "a",
       little_endian(header.size()) + header +
           std::string(reinterpret_cast<const char*>(numbers), 12));
  const SafeTensors content = load_safetensors(folder / "a");
  REQUIRE(content.tensors.size() == 2);
  CHECK_THAT(content.tensors.at("z"), IsTensor({1, 1}, {1.5f}));
  CHECK_THAT(content.tensors.at("a"), IsTensor({2}, {2.5f, -3.5f}));
}

TEST_CASE("safetensors: headers that are none") {
  CHECK(refusal("").find("cut short") != std::string::npos);
  CHECK(refusal("1234567").find("cut short") != std::string::npos);
  CHECK(refusal(little_endian(3) + "{}").find("cut short") !=
        std::string::npos);
  for (const std::uint64_t length :
       {std::uint64_t{100000001}, std::uint64_t{1} << 62,
        std::numeric_limits<std::uint64_t>::max()}) {
    CHECK(refusal(little_endian(length) + "{}").find("no safetensors file") !=
          std::string::npos);
  }
  for (const char* text : {"", "[]", "null", "7", "\"{}\"", " {}", "x"}) {
    CHECK(is_refused(text, 0, "is no JSON object"));
  }
  for (const char* text : {"{", "{}}", "{\"a\":}", "{\"\xff\":1}", "{,}"}) {
    CHECK(is_refused(text, 0, "header is damaged"));
  }
  INFO("an archive of pickles, as other frameworks write it");
  CHECK_FALSE(refusal("PK\x03\x04 something else entirely").empty());
}

TEST_CASE("safetensors: entries that are wrong") {
  const auto one = [](const std::string& text) { return "{" + text + "}"; };
  CHECK(is_refused("{\"a\":7}", 0, "has no dtype"));
  CHECK(is_refused("{\"a\":[]}", 0, "has no dtype"));
  CHECK(is_refused("{\"a\":{\"dtype\":\"F32\"}}", 0, "has no shape"));
  CHECK(is_refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[]}}", 0,
                   "has no data_offsets"));
  CHECK(is_refused(one(entry("a", "[1]", "[0,2]", "\"F16\"")), 2, "F16"));
  CHECK(is_refused(one(entry("a", "[1]", "[0,8]", "\"F64\"")), 8, "F64"));
  CHECK(is_refused(one(entry("a", "[1]", "[0,4]", "32")), 4, "dtype"));
  for (const char* shape : {"[-1]", "[1.0]", "[\"1\"]", "1", "{}", "[[1]]",
                            "[18446744073709551616]", "null", "{\"x\":1}"}) {
    CHECK(is_refused(one(entry("a", shape, "[0,4]")), 4, "its shape"));
  }
  for (const char* offsets :
       {"[-4,0]", "[0,4.0]", "[0]", "[0,4,8]", "4", "[4,0]", "[]", "[0,8]",
        "[0,1e30]", "[8,12]", "[18446744073709551612,18446744073709551615]"}) {
    CHECK(is_refused(one(entry("a", "[1]", offsets)), 4, "data_offsets"));
  }
}

TEST_CASE("safetensors: headers that are deep or long") {
  const std::string deep(1000000, '[');
  CHECK(is_refused("{" + entry("a", deep, "[0,4]") + "}", 4, "too deeply"));
  CHECK(is_refused("{\"__metadata__\":" + deep, 0, "too deeply"));
  std::string objects;
  for (int i = 0; i < 100000; ++i) objects += "{\"a\":";
  CHECK(is_refused(objects, 0, "too deeply"));
  INFO("a message is no place for a million numbers");
  const std::string text = refusal(with_header(
      "{" + entry("a", "[" + std::string(1000000, ' ') + "1.5]", "[0,4]") + "}",
      4));
  CHECK(text.size() < 500);
  std::string ones = "2";
  for (int i = 0; i < 100000; ++i) ones += ",1";
  CHECK(
      refusal(with_header("{" + entry("a", "[" + ones + "]", "[0,4]") + "}", 4))
          .size() < 500);
}

TEST_CASE("safetensors: shapes that do not fit their bytes") {
  const auto one = [](const std::string& text) { return "{" + text + "}"; };
  for (const char* shape :
       {"[2]", "[]", "[0]", "[4294967296,4294967296]", "[4611686018427387905]",
        "[9223372036854775807,9223372036854775807,4]",
        "[18446744073709551615]"}) {
    // () has one element and 4 bytes, not 12; the products overflow.
    CHECK(is_refused(one(entry("a", shape, "[0,12]")), 12, "does not fit"));
  }
  INFO("an extent of 0 makes a tensor empty, but no size legal");
  CHECK(is_refused(one(entry("a", "[0,4611686018427387904,8]", "[0,0]")), 0,
                   "does not fit"));
  CHECK(refusal(with_header(one(entry("a", "[5,0]", "[0,0]")), 0)).empty());
}

TEST_CASE("safetensors: ranges that overlap or leave gaps") {
  const auto two = [](const char* first, const char* second) {
    return "{" + entry("a", "[1]", first) + "," + entry("b", "[1]", second) +
           "}";
  };
  CHECK(refusal(with_header(two("[4,8]", "[0,4]"), 8)).empty());
  CHECK(is_refused(two("[0,4]", "[0,4]"), 8, "begin at 0"));
  CHECK(is_refused(two("[0,4]", "[2,6]"), 8, "begin at 2"));
  CHECK(is_refused(two("[0,4]", "[8,12]"), 12, "begin at 8"));
  CHECK(is_refused(two("[4,8]", "[8,12]"), 12, "begin at 4"));
  CHECK(is_refused(two("[0,4]", "[4,8]"), 9, "1 bytes after"));
  CHECK(is_refused("{}", 1, "1 bytes after"));
  CHECK(is_refused("{" + entry("a", "[0]", "[2,2]") + "}", 4, "begin at 2"));
}

TEST_CASE("safetensors: keys that stand twice") {
  const std::string a = entry("a", "[1]", "[0,4]");
  CHECK(is_refused("{" + a + "," + a + "}", 4, "\"a\" twice"));
  CHECK(
      is_refused("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],"
                 "\"data_offsets\":[0,4]}}",
                 4, "\"dtype\" twice"));
  CHECK(is_refused("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", 0,
                   "\"k\" twice"));
  CHECK(is_refused("{\"__metadata__\":[]}", 0, "metadata"));
  CHECK(is_refused("{\"__metadata__\":{\"k\":1}}", 0, "\"k\" are no text"));
}

TEST_CASE("safetensors: every truncation is refused") {
  const TemporaryFolder folder;
  save_safetensors(folder / "a", small());
  const std::string whole = slurp(folder / "a");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size, whole.size());
    CHECK_FALSE(refusal(whole.substr(0, size)).empty());
  }
  CHECK_FALSE(refusal(whole + '\0').empty());
}

TEST_CASE("safetensors: a damaged bit is refused or stays in its place") {
  const TemporaryFolder folder;
  save_safetensors(folder / "a", small());
  const std::string whole = slurp(folder / "a");
  const std::size_t data = whole.size() - 12;
  int refused = 0;
  for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
    CAPTURE(bit);
    std::string damaged = whole;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ 1 << bit % 8);
    // Anything but a runtime_error ends this test.
    const bool now = !refusal(damaged).empty();
    refused += now;
    INFO("without a checksum, a number or a letter of a name may change");
    if (bit / 8 < 8) CHECK(now);
    if (bit / 8 >= data) CHECK_FALSE(now);
  }
  CHECK(refused > static_cast<int>(data * 8) * 3 / 4);
}

TEST_CASE("safetensors: what is no file") {
  const TemporaryFolder folder;
  CHECK_THROWS_MATCHES(load_safetensors(folder / "missing"), std::runtime_error,
                       Mentions({"missing", "No such file"}));
  CHECK_THROWS_MATCHES(load_safetensors(folder.path()), std::runtime_error,
                       Mentions({"no regular file"}));
  REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
  CHECK_THROWS_MATCHES(load_safetensors(folder / "fifo"), std::runtime_error,
                       Mentions({"no regular file"}));
}

TEST_CASE("safetensors: a failed save leaves the old file") {
  const TemporaryFolder folder;
  save_safetensors(folder / "a", small());
  const std::string before = slurp(folder / "a");
  SafeTensors large = small();
  large.tensors["large"] = Tensor::empty({100000});

  rlimit limit{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &limit) == 0);
  const rlimit small_files{10000, limit.rlim_max};
  const auto ignored = ::signal(SIGXFSZ, SIG_IGN);
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small_files) == 0);
  std::string message = "no error";
  try {
    save_safetensors(folder / "a", large);
  } catch (const std::runtime_error& error) {
    message = error.what();
  }
  ::setrlimit(RLIMIT_FSIZE, &limit);
  ::signal(SIGXFSZ, ignored);

  CHECK(message ==
        "save_safetensors: " + (folder / "a").string() + ": File too large");
  CHECK(slurp(folder / "a") == before);
  INFO("nor does half of a new one stay");
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("safetensors: where nothing can be written") {
  const TemporaryFolder folder;
  CHECK_THROWS_MATCHES(save_safetensors(folder / "no/a", small()),
                       std::runtime_error, Mentions({"no/a", "No such file"}));
  std::filesystem::create_directory(folder / "b");
  CHECK_THROWS_MATCHES(save_safetensors(folder / "b", small()),
                       std::runtime_error, Mentions({"b", "directory"}));
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("safetensors: what the format cannot hold") {
  const TemporaryFolder folder;
  SafeTensors content = small();
  content.metadata["k"] = "\xff";
  CHECK_THROWS_MATCHES(save_safetensors(folder / "a", content),
                       std::runtime_error, Mentions({"UTF-8"}));
  content = small();
  content.tensors["__metadata__"] = make({1}, {1});
  CHECK_THROWS_MATCHES(save_safetensors(folder / "a", content),
                       std::runtime_error, Mentions({"__metadata__"}));
  CHECK(files_in(folder.path()) == 0);
}

TEST_CASE("metadata can be written alone") {
  const TemporaryFolder folder;
  save_metadata(folder / "a.json", {{"epoch", "3"}, {"b", "\"\n"}});
  CHECK(nlohmann::json::parse(slurp(folder / "a.json")) ==
        nlohmann::json{{"epoch", "3"}, {"b", "\"\n"}});
}
