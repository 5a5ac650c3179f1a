# Most of the time of a build goes into code in headers (CLI11, nlohmann/json),
# which every file would compile again. Files in batches share it, and the names
# in their unnamed namespaces.
function(course_batches target)
  if(NOT COURSE_SINGLE_FILES)  # lint, which looks at each file alone
    set_target_properties(${target} PROPERTIES
      UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
  endif()
endfunction()
