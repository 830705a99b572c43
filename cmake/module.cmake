# How the tree declares its targets. `USES` names modules (base, ledger, ...), `LINKS` outside
# targets (PkgConfig::SQLITE, ...).
#
# mlc_module(NAME base SOURCES a.cc b.cc USES modules LINKS targets PUBLIC_LINKS targets)
#   the static library mlc_<name>, or an interface when it has no SOURCES. PUBLIC_LINKS are those
#   seen in headers. tools/check_layers compares USES with tools/layers.txt.
# mlc_test(NAME base_test SOURCES a_test.cc USES modules LINKS targets TIMEOUT seconds)
#   one GoogleTest program, run by ctest from the root of the tree. Nothing when MLC_TESTS is off.
# mlc_program(NAME ml-connector SOURCES main.cc USES modules LINKS targets [INTERNAL])
#   a program. `make build` builds it and leaves it in build/bin, unless it is INTERNAL: such a
#   program is for our own tests and is left in bin/ of the build tree.
# mlc_fuzzer(NAME x_fuzz SOURCES x_fuzz.cc USES modules LINKS targets)
#   with MLC_FUZZ a libFuzzer program in fuzzers/ of the build tree (scripts/fuzz). Beside its
#   source stand its seeds (x_fuzz_corpus/) and its words (x_fuzz.dict). Else, with MLC_TESTS, a
#   test that hands it the seeds.
# mlc_benchmark(NAME x_benchmark SOURCES x_benchmark.cc USES modules LINKS targets)
#   a program that `make bench` builds with the release preset and runs without arguments.
add_custom_target(programs)
add_custom_target(fuzzers)
add_custom_target(benchmarks)

function(mlc_module)
  cmake_parse_arguments(ARG "" "NAME" "SOURCES;USES;LINKS;PUBLIC_LINKS" ${ARGN})
  set(target mlc_${ARG_NAME})
  if(ARG_SOURCES)
    add_library(${target} STATIC ${ARG_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(${target} PRIVATE mlc_warnings ${ARG_LINKS})
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope} ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
  list(TRANSFORM ARG_USES PREPEND mlc_)
  target_link_libraries(${target} ${scope} ${ARG_USES} ${ARG_PUBLIC_LINKS})
endfunction()

# Runs from the root and leaves its cases where scripts/test counts them.
function(mlc_register_test name timeout)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES
    TIMEOUT ${timeout}
    ENVIRONMENT GTEST_OUTPUT=xml:${CMAKE_BINARY_DIR}/cases/${name}.xml)
endfunction()

function(mlc_link_program target)
  cmake_parse_arguments(ARG "" "" "USES;LINKS" ${ARGN})
  list(TRANSFORM ARG_USES PREPEND mlc_)
  target_link_libraries(${target} PRIVATE mlc_warnings ${ARG_USES} ${ARG_LINKS})
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
endfunction()

function(mlc_test)
  if(NOT MLC_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "NAME;TIMEOUT" "SOURCES;USES;LINKS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_executable(${ARG_NAME} ${ARG_SOURCES})
  mlc_link_program(${ARG_NAME} USES ${ARG_USES} LINKS ${ARG_LINKS} GTest::gmock_main)
  mlc_register_test(${ARG_NAME} ${ARG_TIMEOUT})
endfunction()

function(mlc_program)
  cmake_parse_arguments(ARG "INTERNAL" "NAME" "SOURCES;USES;LINKS" ${ARGN})
  add_executable(${ARG_NAME} ${ARG_SOURCES})
  mlc_link_program(${ARG_NAME} USES ${ARG_USES} LINKS ${ARG_LINKS})
  if(ARG_INTERNAL)
    set_target_properties(${ARG_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
  else()
    set_target_properties(${ARG_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${MLC_PROGRAM_DIRECTORY})
    add_dependencies(programs ${ARG_NAME})
  endif()
endfunction()

# Under test presets a benchmark is only compiled, so that it follows what it measures: nobody takes
# the figures of a slow build for the product's.
function(mlc_benchmark)
  cmake_parse_arguments(ARG "" "NAME" "SOURCES;USES;LINKS" ${ARGN})
  if(MLC_TESTS)
    add_library(${ARG_NAME} OBJECT ${ARG_SOURCES})
    mlc_link_program(${ARG_NAME} USES ${ARG_USES} LINKS ${ARG_LINKS})
    return()
  endif()
  add_executable(${ARG_NAME} EXCLUDE_FROM_ALL ${ARG_SOURCES})
  mlc_link_program(${ARG_NAME} USES ${ARG_USES} LINKS ${ARG_LINKS})
  set_target_properties(${ARG_NAME} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/benchmarks)
  add_dependencies(benchmarks ${ARG_NAME})
endfunction()

function(mlc_fuzzer)
  if(NOT MLC_FUZZ AND NOT MLC_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "NAME" "SOURCES;USES;LINKS" ${ARGN})
  if(MLC_FUZZ)
    add_executable(${ARG_NAME} EXCLUDE_FROM_ALL ${ARG_SOURCES})
    target_link_options(${ARG_NAME} PRIVATE -fsanitize=fuzzer)
    set_target_properties(${ARG_NAME} PROPERTIES
      RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzzers)
    add_dependencies(fuzzers ${ARG_NAME})
  else()
    add_executable(${ARG_NAME} ${ARG_SOURCES} ${CMAKE_SOURCE_DIR}/src/base/testing/seeds_main.cc)
    add_test(NAME ${ARG_NAME} COMMAND ${ARG_NAME} ${CMAKE_CURRENT_SOURCE_DIR}/${ARG_NAME}_corpus)
    set_tests_properties(${ARG_NAME} PROPERTIES TIMEOUT 120)
  endif()
  mlc_link_program(${ARG_NAME} USES ${ARG_USES} LINKS ${ARG_LINKS})
endfunction()
