# One warning level for all code, ours and the student's.
set(COURSE_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                    -Woverloaded-virtual)
# GCC 12 sees overlapping copies inside std::string where there are none
# (GCC bug 105651), and sanitizers make it see uninitialised variables inside
# <regex> and Catch2.
list(APPEND COURSE_WARNINGS -Wno-restrict)
if(CMAKE_CXX_FLAGS MATCHES "-fsanitize")
  list(APPEND COURSE_WARNINGS -Wno-maybe-uninitialized)
endif()
list(APPEND COURSE_WARNINGS -Werror)

function(course_warnings target)
  target_compile_options(${target} PRIVATE ${COURSE_WARNINGS})
endfunction()
