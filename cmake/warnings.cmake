# One interface target carries the warnings; every module links it privately.
add_library(mlc_warnings INTERFACE)
target_compile_options(mlc_warnings INTERFACE
  -Wall -Wextra -Werror -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports false positives in the standard library's own inlined code when optimising.
  target_compile_options(mlc_warnings INTERFACE -Wno-null-dereference -Wno-restrict)
endif()
