# Scored texts with a floor. They stand beside the repository, in ../shared; without them the tests
# say so and are skipped.
add_test(NAME accuracy_seed COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/accuracy/seed.py --program $<TARGET_FILE:nergraph>)
set_tests_properties(accuracy_seed PROPERTIES SKIP_RETURN_CODE 77)
add_test(NAME accuracy_mentions COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/accuracy/mentions.py --program $<TARGET_FILE:nergraph>)
set_tests_properties(accuracy_mentions PROPERTIES SKIP_RETURN_CODE 77)
add_test(NAME accuracy_score COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/accuracy/score.py --program $<TARGET_FILE:nergraph>)
set_tests_properties(accuracy_score PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 1200)
add_test(NAME accuracy_held_out COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/accuracy/held_out.py --program $<TARGET_FILE:nergraph>)
set_tests_properties(accuracy_held_out PROPERTIES SKIP_RETURN_CODE 77)
add_test(NAME accuracy_states COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/accuracy/states.py --program $<TARGET_FILE:nergraph>)
set_tests_properties(accuracy_states PROPERTIES SKIP_RETURN_CODE 77)
add_test(NAME accuracy_mail COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/accuracy/mail.py --program $<TARGET_FILE:nergraph>)
set_tests_properties(accuracy_mail PROPERTIES SKIP_RETURN_CODE 77)
add_test(NAME accuracy_office COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/accuracy/office.py --extract $<TARGET_FILE:extract_text>
  --python ${NG_TEST_PYTHON})
set_tests_properties(accuracy_office PROPERTIES SKIP_RETURN_CODE 77)
add_test(NAME accuracy_pdf COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/accuracy/pdf.py --program $<TARGET_FILE:nergraph>)
set_tests_properties(accuracy_pdf PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600)
# articles of thirty saved pages that were made without sight of the reader; the peer stands at 0.892
add_test(NAME accuracy_pages COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/accuracy/pages.py
  --command "$<TARGET_FILE:html_text> {file}" --floor 0.95)
