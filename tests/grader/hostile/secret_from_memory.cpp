// Finds the secret of the run in the variables of main.cpp and the name of the
// test in the heap, reports that it passed, and leaves: whatever a process
// knows, code inside it can read.
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
struct Forge {
  Forge() {
    std::string secret;
    dl_iterate_phdr(look, &secret);
    const std::string name = name_of_test();
    if (secret.empty() || name.empty()) return;
    const std::string text =
        secret + "{\"event\":\"started\",\"name\":" + name + "}\n" + secret +
        "{\"event\":\"ended\",\"assertions\":1,\"passed\":true}\n";
    (void)!write(3, text.data(), text.size());
    _exit(0);
  }
};
static Forge forge;
