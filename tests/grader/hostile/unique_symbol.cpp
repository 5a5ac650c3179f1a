// The same with a symbol that GNU calls unique, which beats an inline one, too.
// expect: denied
#define IT                                                                \
  "_ZN8nlohmann16json_abi_v3_11_26detail10serializerINS0_10basic_jsonISt" \
  "3mapSt6vectorNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEEblmd" \
  "SaNS0_14adl_serializerES5_IhSaIhEEEEE12dump_escapedERKSB_b"
asm(".text\n.type " IT ",@gnu_unique_object\n.globl " IT "\n" IT ": ret");
