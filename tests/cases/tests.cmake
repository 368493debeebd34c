add_test(NAME cases COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/cases/run.py
  --program $<TARGET_FILE:nergraph>)
