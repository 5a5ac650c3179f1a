// Finds the secret of the run in the variables of main.cpp and the name of the
// test in the heap, reports that it passed, and leaves: whatever a process
// knows, code inside it can read. Of one test it reports megabytes of failures.
// expect: failed
#include <link.h>
#include <unistd.h>

#include <cctype>
#include <cstdlib>
#include <cstring>
#include <string>
static std::string secret_in(const char* at, const char* end) {
  for (; at + 34 < end; ++at) {
    if (at[0] != '\n' || at[33] != ' ') continue;
    int digits = 0;
    while (digits < 32 && std::isxdigit(at[1 + digits]) != 0) ++digits;
    if (digits == 32) return {at, 34};
  }
  return "";
}
static int look(dl_phdr_info* info, std::size_t, void* found) {
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& part = info->dlpi_phdr[i];
    if (part.p_type != PT_LOAD || (part.p_flags & PF_W) == 0) continue;
    const char* begin = (const char*)(info->dlpi_addr + part.p_vaddr);
    const auto secret = secret_in(begin, begin + part.p_memsz);
    if (!secret.empty()) *(std::string*)found = secret;
  }
  return 1;  // the program itself comes first
}
static std::string name_of_test() {
  const char* here = static_cast<const char*>(std::malloc(16));
  for (const char* at = here - 140000; at < here; ++at) {
    if (std::memcmp(at, "  \n[\"", 5) == 0) {
      return std::string(at + 4, std::strchr(at, ']'));
    }
  }
  return "";
}
static void send(const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const auto n = write(3, text.data() + done, text.size() - done);
    if (n <= 0) break;
    done += static_cast<std::size_t>(n);
  }
}
static std::string failures(const std::string& secret) {
  const std::string event =
      secret +
      "{\"event\":\"failure\",\"expression\":\"\",\"expanded\":\"\","
      "\"message\":"
      "\"x\",\"info\":\"\",\"exception\":false,\"file\":\"\",\"line\":1}\n";
  std::string text;
  for (int i = 0; i < 30000; ++i) text += event;
  return text.replace(text.rfind("x"), 1, 2000000, 'x');
}
struct Forge {
  Forge() {
    std::string secret;
    dl_iterate_phdr(look, &secret);
    const std::string name = name_of_test();
    if (secret.empty() || name.empty()) return;
    send(secret + "{\"event\":\"started\",\"name\":" + name + "}\n");
    if (name.find("undecided") != std::string::npos) send(failures(secret));
    send(secret + "{\"event\":\"ended\",\"assertions\":1,\"passed\":true}\n");
    _exit(0);
  }
};
static Forge forge;
