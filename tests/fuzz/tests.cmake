# fuzz_NAME.c is one target, fuzz/NAME/ its seeds and what once crashed it. Every build replays these
# as ordinary tests; with clang and -DNERGRAPH_FUZZ=ON the fuzzers themselves are built (scripts/fuzz.sh,
# which also sets the flags that all objects need).
option(NERGRAPH_FUZZ "build the fuzzers (clang)" OFF)

file(GLOB FUZZ_SOURCES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/fuzz_*.c)
foreach(source ${FUZZ_SOURCES})
  get_filename_component(name ${source} NAME_WE)
  string(REPLACE "fuzz_" "" name ${name})
  set(programs replay_${name})
  add_executable(replay_${name} ${source} ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/replay.c
    $<TARGET_OBJECTS:nergraph_objects>)
  if(NERGRAPH_FUZZ)
    list(APPEND programs fuzz_${name})
    add_executable(fuzz_${name} ${source} $<TARGET_OBJECTS:nergraph_objects>)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  endif()
  foreach(program ${programs})
    target_include_directories(${program} PRIVATE ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(${program} PRIVATE nergraph_objects)
    set_target_properties(${program} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  endforeach()
  add_test(NAME fuzz_${name} COMMAND replay_${name} ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/${name})
  set_tests_properties(fuzz_${name} PROPERTIES TIMEOUT 300)
endforeach()
