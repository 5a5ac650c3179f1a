#include "system/download.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <array>
#include <exception>
#include <memory>
#include <new>
#include <utility>

#include "system/files.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

constexpr long kHttpOk = 200;
constexpr long kHttpPartial = 206;
constexpr long kMostRedirects = 5;
constexpr long kStalled = 100;  // Bytes a second: slower is no progress.

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

long status_of(CURL* handle) {
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

/// Takes what the server sends. Exceptions wait in `failure`, because they
/// must not pass through C code.
class Receiver {
 public:
  Receiver(CURL* handle, OutputFile& file, const TransferOptions& options)
      : handle_(handle), file_(file), options_(options) {}

  static std::size_t on_data(char* data, std::size_t, std::size_t count,
                             void* self) {
    auto& receiver = *static_cast<Receiver*>(self);
    try {
      return receiver.take({data, count}) ? count : CURL_WRITEFUNC_ERROR;
    } catch (const std::exception&) {
      receiver.failure = std::current_exception();
      return CURL_WRITEFUNC_ERROR;
    }
  }

  std::exception_ptr failure;
  std::string refusal;

 private:
  bool take(std::string_view data) {
    if (!std::exchange(begun_, true) && !begin()) return false;
    if (data.size() > options_.size - file_.size()) {
      refusal = fmt::format("sends more than the {} bytes that the file has",
                            options_.size);
      return false;
    }
    file_.append(data);
    if (options_.on_progress) options_.on_progress(file_.size());
    return true;
  }

  bool begin() {
    const long status = status_of(handle_);
    if (status == kHttpPartial) return true;
    // It sends everything, whatever it was asked for.
    file_.restart();
    if (status == kHttpOk) return true;
    refusal = fmt::format("answers {}", status);
    return false;
  }

  CURL* handle_;
  OutputFile& file_;
  const TransferOptions& options_;
  bool begun_ = false;
};

template <class Value>
void set(const Handle& handle, CURLoption option, Value value) {
  curl_easy_setopt(handle.get(), option, value);
}

Handle make_handle(const std::string& url, const TransferOptions& options) {
  Handle handle(curl_easy_init(), curl_easy_cleanup);
  if (!handle) throw std::bad_alloc();
  const long seconds = static_cast<long>(options.patience.count());
  set(handle, CURLOPT_URL, url.c_str());
  set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  set(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  set(handle, CURLOPT_FOLLOWLOCATION, 1L);
  set(handle, CURLOPT_MAXREDIRS, kMostRedirects);
  set(handle, CURLOPT_FAILONERROR, 1L);
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_USERAGENT, "tito/" TITO_VERSION);
  set(handle, CURLOPT_CONNECTTIMEOUT, seconds);
  set(handle, CURLOPT_LOW_SPEED_LIMIT, kStalled);
  set(handle, CURLOPT_LOW_SPEED_TIME, seconds);
  return handle;
}

std::string reason(const Handle& handle, CURLcode code, const char* detail) {
  if (code == CURLE_HTTP_RETURNED_ERROR) {
    return fmt::format("answers {}", status_of(handle.get()));
  }
  return printable(*detail != '\0' ? detail : curl_easy_strerror(code));
}

}  // namespace

Transfer download(const std::string& url, const fs::path& part,
                  const TransferOptions& options) {
  OutputFile file(part, OutputFile::Begin::at_end);
  const Handle handle = make_handle(url, options);
  std::array<char, CURL_ERROR_SIZE> detail{};
  Receiver receiver(handle.get(), file, options);
  set(handle, CURLOPT_ERRORBUFFER, detail.data());
  set(handle, CURLOPT_WRITEFUNCTION, &Receiver::on_data);
  set(handle, CURLOPT_WRITEDATA, &receiver);
  const std::string range = fmt::format("{}-", file.size());
  if (file.size() > 0) set(handle, CURLOPT_RANGE, range.c_str());

  const CURLcode code = curl_easy_perform(handle.get());
  if (receiver.failure) std::rethrow_exception(receiver.failure);
  if (!receiver.refusal.empty()) return {receiver.refusal};
  if (code != CURLE_OK) return {reason(handle, code, detail.data()), true};
  if (file.size() == options.size) return {};
  return {fmt::format("sent {} bytes, but the file has {}", file.size(),
                      options.size)};
}

}  // namespace tito
