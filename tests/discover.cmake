# Names every Catch2 test case to ctest by running the program once after it is linked. A name that finds no test
# fails: one with a semicolon in it is two to CMake, and neither of them is a test.
include(Catch)
function(discover_tests target prefix)
  catch_discover_tests(${target} TEST_PREFIX "${prefix}: " EXTRA_ARGS -w NoTests PROPERTIES TIMEOUT 600)
endfunction()
