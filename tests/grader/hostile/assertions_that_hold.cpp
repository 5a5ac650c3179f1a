// Rewrites the machine code of the test framework: every assertion holds.
// expect: failed
#include <elf.h>
#include <link.h>
#include <sys/mman.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
/// A jump from the beginning of one function to another one.
static void redirect(char* from, const char* to) {
  auto page = reinterpret_cast<std::uintptr_t>(from) & ~std::uintptr_t{4095};
  mprotect(reinterpret_cast<void*>(page), 8192,
           PROT_READ | PROT_WRITE | PROT_EXEC);
  const auto distance = static_cast<int>(to - from - 5);
  *from = '\xe9';
  std::memcpy(from + 1, &distance, sizeof distance);
}
static int base_of(dl_phdr_info* info, std::size_t, void* base) {
  *static_cast<char**>(base) = reinterpret_cast<char*>(info->dlpi_addr);
  return 1;
}
static void patch() {
  std::ifstream in("/proc/self/exe", std::ios::binary);
  const std::string file{std::istreambuf_iterator<char>(in), {}};
  char* base = nullptr;
  std::map<std::string, char*> functions;
  dl_iterate_phdr(base_of, &base);
  const auto* header = reinterpret_cast<const Elf64_Ehdr*>(file.data());
  const auto* sections =
      reinterpret_cast<const Elf64_Shdr*>(file.data() + header->e_shoff);
  for (int i = 0; i < header->e_shnum; ++i) {
    if (sections[i].sh_type != SHT_SYMTAB) continue;
    const auto* symbol =
        reinterpret_cast<const Elf64_Sym*>(file.data() + sections[i].sh_offset);
    const char* names = file.data() + sections[sections[i].sh_link].sh_offset;
    for (std::size_t n = sections[i].sh_size / sizeof *symbol; n > 0; --n) {
      functions[names + symbol->st_name] = base + symbol->st_value;
      ++symbol;
    }
  }
  const std::string handler =
      "_ZN5"
      "Catch16AssertionHandler";
  const char* good = functions[handler + "31handleExceptionThrownAsExpectedEv"];
  redirect(functions[handler + "10handleExprERKNS_20ITransientExpressionE"],
           good);
  redirect(functions[handler + "34handleUnexpectedExceptionNotThrownEv"], good);
}
struct Patch {
  Patch() { patch(); }
};
static Patch patched;
