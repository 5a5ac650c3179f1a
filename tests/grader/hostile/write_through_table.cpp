// Changes the program's table of imported functions so that its reports pass
// through a write of its own.
// expect: failed
#include <elf.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstring>
#include <string>
static ssize_t own_write(int fd, const void* data, std::size_t size) {
  std::string text(static_cast<const char*>(data), size);
  const std::string wrong = "\"passed\":false";
  const auto at = text.find(wrong);
  if (at != std::string::npos)
    text.replace(at, wrong.size(), "\"passed\":true");
  if (text.find("\"event\":\"failure\"") == std::string::npos) {
    for (std::size_t n = 0; n < text.size();) {
      n += static_cast<std::size_t>(syscall(SYS_write, fd, text.data() + n, 1));
    }
  }
  return static_cast<ssize_t>(size);
}
static int patch(dl_phdr_info* info, std::size_t, void*) {
  const char* base = reinterpret_cast<const char*>(info->dlpi_addr);
  const Elf64_Dyn* entry = nullptr;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    if (info->dlpi_phdr[i].p_type != PT_DYNAMIC) continue;
    entry =
        reinterpret_cast<const Elf64_Dyn*>(base + info->dlpi_phdr[i].p_vaddr);
  }
  const char* names = nullptr;
  const Elf64_Sym* symbols = nullptr;
  const Elf64_Rela* relocation = nullptr;
  std::size_t size = 0;
  for (; entry->d_tag != DT_NULL; ++entry) {
    const auto pointer = entry->d_un.d_ptr;
    if (entry->d_tag == DT_STRTAB) names = (const char*)pointer;
    if (entry->d_tag == DT_SYMTAB) symbols = (const Elf64_Sym*)pointer;
    if (entry->d_tag == DT_JMPREL) relocation = (const Elf64_Rela*)pointer;
    if (entry->d_tag == DT_PLTRELSZ) size = entry->d_un.d_val;
  }
  for (std::size_t i = 0; i < size / sizeof *relocation; ++i, ++relocation) {
    const auto& symbol = symbols[ELF64_R_SYM(relocation->r_info)];
    if (std::strcmp(names + symbol.st_name, "write") != 0) continue;
    auto* slot = const_cast<char*>(base) + relocation->r_offset;
    auto page = reinterpret_cast<std::uintptr_t>(slot) & ~std::uintptr_t{4095};
    mprotect(reinterpret_cast<void*>(page), 8192, PROT_READ | PROT_WRITE);
    auto own = &own_write;
    std::memcpy(slot, &own, sizeof own);
  }
  return 1;  // the program itself comes first
}
struct Patch {
  Patch() { dl_iterate_phdr(patch, nullptr); }
};
static Patch patched;
