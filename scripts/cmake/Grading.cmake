# How submissions are compiled and linked, and the parts that their graders need:
# target `grading_<folder>` for one module, `grading` for all. tests/CMakeLists.txt
# includes this; the parts stand in test_objects_json.

# Hundreds of files, each for some milliseconds of tests: the optimiser is spared,
# and the standard library parsed once. With a pipe, the assembler's messages name
# no temporary file: equal runs need equal ones. Without GNU's unique symbols, what
# a file instantiates yields to what the harness holds. Nobody reads warnings here,
# and thousands of them would exceed the output's limit.
set(grading_flags ${student_flags} -pipe -fno-gnu-unique -w)
list(FILTER grading_flags EXCLUDE REGEX "^-W")
list(TRANSFORM grading_flags REPLACE "^-O3$" "-O0")
list(TRANSFORM grading_flags REPLACE "^-g1$" "-g0")
include(CheckCXXCompilerFlag)
check_cxx_compiler_flag(-ffold-simple-inlines folds_inlines)  # std::move, ...
if(folds_inlines)
  list(APPEND grading_flags -ffold-simple-inlines)
endif()
set(grading_compile ${CMAKE_CXX_COMPILER} ${grading_flags} -I${CMAKE_SOURCE_DIR}/framework/include)

# Nobody debugs a graded program. Linker plugins would compile what stands in a
# submission's objects.
set(grading ${CMAKE_BINARY_DIR}/grading)
set(grading_link_flags -Wl,-s -fno-use-linker-plugin)
set(harness_archives ${catch2_archive})
if(CMAKE_CXX_FLAGS MATCHES "-fsanitize")
  list(APPEND grading_link_flags ${link_flags})
else()
  # Each test is a process: what it need not load, it need not wait for.
  list(APPEND grading_link_flags ${extra_flags} -static -no-pie)
  find_library(ZLIB_ARCHIVE libz.a REQUIRED)
  list(APPEND harness_archives ${ZLIB_ARCHIVE} --start-group)
  foreach(name libstdc++.a libgcc_eh.a libgcc.a libc.a libm.a)
    execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=${name}
                    OUTPUT_VARIABLE archive OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(name STREQUAL "libc.a")
      # The start-up code that is added in the end has these parts, too.
      set(libc ${grading}/libc.a)
      add_custom_command(OUTPUT ${libc}
        COMMAND ${CMAKE_COMMAND} -E copy ${archive} ${libc}
        COMMAND ${CMAKE_AR} d ${libc} dl-reloc-static-pie.o dso_handle.o
        DEPENDS ${archive})
      set(archive ${libc})
    endif()
    list(APPEND harness_archives ${archive})
  endforeach()
  list(APPEND harness_archives --end-group)
  # It takes a third of the other linker's time.
  find_program(GOLD ld.gold)
  if(GOLD)
    list(APPEND grading_link_flags -fuse-ld=gold)
  endif()
endif()

set(prelude ${grading}/prelude.hpp)
configure_file(support/grading_prelude.hpp ${prelude} COPYONLY)
add_custom_command(OUTPUT ${prelude}.gch
  COMMAND ${grading_compile} -MD -MF ${prelude}.d -x c++-header ${prelude} -o ${prelude}.gch
  DEPENDS ${prelude} DEPFILE ${prelude}.d
  COMMENT "Precompiling the grader's headers")
add_custom_target(grading_prelude DEPENDS ${prelude}.gch)
add_custom_target(grading ALL)

# A harness is all that a graded program holds beside the code that is graded: the
# tests, their main program and the libraries, linked once, in few sections.
find_program(BFD_LINKER ld.bfd REQUIRED)
function(add_harness harness tests main)
  list(TRANSFORM ARGN REPLACE "(.+)" "$<TARGET_FILE:\\1>" OUTPUT_VARIABLE archives)
  set(script ${CMAKE_SOURCE_DIR}/scripts/cmake/harness.ld)
  cmake_path(GET harness PARENT_PATH directory)
  add_custom_command(OUTPUT ${harness}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${directory}
    COMMAND ${BFD_LINKER} -r --force-group-allocation -S -T ${script} -o ${harness}
            $<TARGET_OBJECTS:${main}> $<TARGET_OBJECTS:${tests}>
            --whole-archive ${archives} --no-whole-archive ${harness_archives}
    DEPENDS ${script} ${libc} $<TARGET_OBJECTS:${main}> $<TARGET_OBJECTS:${tests}> ${archives}
    COMMENT "Linking the harness of ${tests}"
    COMMAND_EXPAND_LISTS VERBATIM)
endfunction()

# A harness without the code it is made for: it can list its tests, not run them.
function(add_list program harness)
  cmake_path(GET program PARENT_PATH directory)
  add_custom_command(OUTPUT ${program}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${directory}
    # gold would leave what is missing to the loader.
    COMMAND ${CMAKE_CXX_COMPILER} -o ${program} ${harness} ${grading_link_flags}
            -no-pie -Wl,--unresolved-symbols=ignore-all -Wl,-z,lazy -fuse-ld=bfd
    DEPENDS ${harness}
    COMMENT "Linking the list ${program}"
    VERBATIM)
endfunction()

# The probes with the reference: what this emits is right by definition.
function(add_oracle program)
  cmake_path(GET program PARENT_PATH directory)
  add_custom_command(OUTPUT ${program}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${directory}
    COMMAND ${CMAKE_CXX_COMPILER} -o ${program} ${ARGN} ${grading_link_flags}
    DEPENDS ${ARGN}
    COMMENT "Linking the oracle ${program}"
    VERBATIM)
endfunction()

# What submissions are compared with is compiled as they are.
function(add_reference object source)
  cmake_path(GET object PARENT_PATH directory)
  add_custom_command(OUTPUT ${object}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${directory}
    COMMAND ${grading_compile} -ffile-prefix-map=${CMAKE_SOURCE_DIR}=. -include ${prelude}
            -MD -MF ${object}.d -c ${source} -o ${object}
    DEPENDS ${source} ${prelude}.gch DEPFILE ${object}.d
    COMMENT "Compiling the reference ${object}")
endfunction()

function(add_to_json key)
  list(JOIN ARGN "\", \"" paths)
  set(test_objects_json "${test_objects_json},\n    \"${key}\": [\"${paths}\"]" PARENT_SCOPE)
endfunction()

foreach(folder IN LISTS MODULE_FOLDERS)
  set(parts "")
  foreach(kind public hidden probes)
    set(harness ${grading}/harness/${kind}/${folder}.o)
    if(TARGET tests_${kind}_${folder})
      add_harness(${harness} tests_${kind}_${folder} test_main test_support tinytorch_support)
    elseif(TARGET ${kind}_${folder})
      add_harness(${harness} ${kind}_${folder} probe_support tinytorch_support)
    else()
      continue()
    endif()
    add_list(${grading}/lists/${kind}/${folder} ${harness})
    list(APPEND parts ${harness} ${grading}/lists/${kind}/${folder})
    add_to_json(harness/${kind}/${folder} ${harness})
    add_to_json(lists/${kind}/${folder} ${grading}/lists/${kind}/${folder})
  endforeach()

  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/solutions/${folder}/src/*.cpp)
  set(references_${folder} "")
  foreach(source IN LISTS sources)
    cmake_path(GET source STEM name)
    set(object ${grading}/reference/${folder}/${name}.o)
    add_reference(${object} ${source})
    list(APPEND references_${folder} ${object})
  endforeach()
  add_custom_target(reference_${folder} DEPENDS ${references_${folder}})
  add_dependencies(reference_${folder} grading_prelude)

  module_prerequisites(required ${folder})
  if(references_${folder})
    add_to_json(reference/${folder} ${references_${folder}})
    if(TARGET probes_${folder})
      set(objects ${references_${folder}})
      foreach(other IN LISTS required)
        list(APPEND objects ${references_${other}})
      endforeach()
      add_oracle(${grading}/oracle/${folder} ${grading}/harness/probes/${folder}.o ${objects})
      list(APPEND parts ${grading}/oracle/${folder})
      add_to_json(oracle/${folder} ${grading}/oracle/${folder})
    endif()
  endif()

  add_custom_target(grading_${folder} DEPENDS ${parts})
  add_dependencies(grading_${folder} tito-jail reference_${folder})
  foreach(other IN LISTS required)
    add_dependencies(grading_${folder} reference_${other})
  endforeach()
  add_dependencies(grading grading_${folder})
endforeach()
