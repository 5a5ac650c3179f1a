// Unwinds the stack through whoever would catch an exception.
// expect: failed
#include <unwind.h>
static _Unwind_Reason_Code go_on(int, _Unwind_Action, _Unwind_Exception_Class,
                                 _Unwind_Exception*, _Unwind_Context*, void*) {
  return _URC_NO_REASON;
}
static _Unwind_Exception own;
#define ATTACK _Unwind_ForcedUnwind(&own, go_on, nullptr)
