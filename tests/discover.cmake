# Names every Catch2 test case to ctest by running the program once after it is linked.
include(Catch)
function(discover_tests target prefix)
  catch_discover_tests(${target} TEST_PREFIX "${prefix}: " PROPERTIES TIMEOUT 600)
endfunction()
