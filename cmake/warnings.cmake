# One interface target carries the warnings; every module links it privately.
add_library(mlc_warnings INTERFACE)
target_compile_options(mlc_warnings INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough)
# The release preset leaves this off: a compiler newer than ours may warn about more, and that
# must not keep anybody from building the programs.
if(MLC_WERROR)
  target_compile_options(mlc_warnings INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports false positives in the standard library's own inlined code when optimising.
  target_compile_options(mlc_warnings INTERFACE -Wno-null-dereference -Wno-restrict)
endif()
