# Laws, checked over many generated inputs. The Python that runs the ones with judges needs networkx,
# scipy and igraph; without them they say so and are skipped.

if(NOT NERGRAPH_SANITIZE) # Python cannot load a sanitized library
  add_test(NAME property_centrality COMMAND ${NG_TEST_PYTHON}
    ${CMAKE_CURRENT_SOURCE_DIR}/property/centrality.py $<TARGET_FILE:nergraph_shared>)
  set_tests_properties(property_centrality PROPERTIES SKIP_RETURN_CODE 77)
  add_test(NAME property_known COMMAND ${NG_TEST_PYTHON}
    ${CMAKE_CURRENT_SOURCE_DIR}/property/known.py $<TARGET_FILE:nergraph_shared>)
  set_tests_properties(property_known PROPERTIES SKIP_RETURN_CODE 77)
endif()

add_test(NAME property_same_bytes COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/property/same_bytes.py --program $<TARGET_FILE:nergraph>)

add_test(NAME property_changes COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/property/changes.py --program $<TARGET_FILE:nergraph>)
add_test(NAME property_importers COMMAND ${NG_TEST_PYTHON}
  ${CMAKE_CURRENT_SOURCE_DIR}/property/importers.py --program $<TARGET_FILE:nergraph>)
set_tests_properties(property_importers PROPERTIES SKIP_RETURN_CODE 77)

add_test(NAME property_hostile_names COMMAND ${NG_TEST_PYTHON}
  ${CMAKE_CURRENT_SOURCE_DIR}/property/hostile_names.py --program $<TARGET_FILE:nergraph>)
set_tests_properties(property_hostile_names PROPERTIES SKIP_RETURN_CODE 77)
add_test(NAME property_drawing COMMAND ${NG_TEST_PYTHON}
  ${CMAKE_CURRENT_SOURCE_DIR}/property/drawing.py --draw $<TARGET_FILE:nergraph-draw>)
set_tests_properties(property_hostile_names property_drawing PROPERTIES ENVIRONMENT
  "LSAN_OPTIONS=suppressions=${CMAKE_CURRENT_SOURCE_DIR}/lsan.supp:print_suppressions=0")

add_test(NAME property_weights COMMAND ${NG_TEST_PYTHON}
  ${CMAKE_CURRENT_SOURCE_DIR}/property/weights.py --program $<TARGET_FILE:nergraph>)
set_tests_properties(property_weights PROPERTIES SKIP_RETURN_CODE 77)
add_test(NAME property_backbones COMMAND ${NG_TEST_PYTHON}
  ${CMAKE_CURRENT_SOURCE_DIR}/property/backbones.py --program $<TARGET_FILE:nergraph>)
set_tests_properties(property_backbones PROPERTIES SKIP_RETURN_CODE 77)
add_test(NAME property_verify COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/property/verify.py --program $<TARGET_FILE:nergraph>)

# nightly 20 times
add_test(NAME property_resume COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/property/resume.py --program $<TARGET_FILE:nergraph> --times 2 --megabytes 40)

add_test(NAME property_intervals COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/property/intervals.py --program $<TARGET_FILE:nergraph>)

if(NOT NERGRAPH_SANITIZE)
  add_test(NAME property_structure COMMAND ${NG_TEST_PYTHON}
    ${CMAKE_CURRENT_SOURCE_DIR}/property/structure.py $<TARGET_FILE:nergraph_shared>)
  set_tests_properties(property_structure PROPERTIES SKIP_RETURN_CODE 77)
endif()

if(NOT NERGRAPH_SANITIZE)
  add_test(NAME property_sampling COMMAND ${NG_TEST_PYTHON}
    ${CMAKE_CURRENT_SOURCE_DIR}/property/sampling.py $<TARGET_FILE:nergraph_shared>)
  set_tests_properties(property_sampling PROPERTIES SKIP_RETURN_CODE 77)
endif()

add_test(NAME property_hostile_formats COMMAND ${NG_TEST_PYTHON}
  ${CMAKE_CURRENT_SOURCE_DIR}/property/hostile_formats.py --program $<TARGET_FILE:nergraph>)
set_tests_properties(property_hostile_formats PROPERTIES SKIP_RETURN_CODE 77)

add_test(NAME property_overlaps COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/property/overlaps.py --draw $<TARGET_FILE:nergraph-draw> --nodes 17 60 300 2000)
set_tests_properties(property_overlaps PROPERTIES ENVIRONMENT
  "LSAN_OPTIONS=suppressions=${CMAKE_CURRENT_SOURCE_DIR}/lsan.supp:print_suppressions=0")
