# What is handed out besides the programs: manual, completions, library, pkg-config, CMake package.
add_test(NAME package_options COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/package/options.py --program $<TARGET_FILE:nergraph>)
add_test(NAME package_install COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/package/install.py --build ${CMAKE_BINARY_DIR} --cmake ${CMAKE_COMMAND}
  --cc ${CMAKE_C_COMPILER} --sanitizers "${NERGRAPH_SANITIZE}")
set_tests_properties(package_install PROPERTIES SKIP_RETURN_CODE 77)
