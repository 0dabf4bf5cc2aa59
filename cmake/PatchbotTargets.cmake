# SPDX-License-Identifier: Apache-2.0
# patchbot_layer() and patchbot_tool(): one library per layer, one executable per tool, nothing else.

add_library(patchbot_warnings INTERFACE)
target_compile_options(
  patchbot_warnings
  INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual -Werror)
# Members have default values: naming some of them is enough.
target_compile_options(patchbot_warnings INTERFACE -Wno-missing-field-initializers)
# gcc 12 sees overlaps that are not there when strings are added (GCC bug 105651).
target_compile_options(patchbot_warnings INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)

# patchbot_layer(name SOURCES a.cpp ... USES lower-layer ... PRIVATE third-party ...)
# A layer sees the layers named in USES and, in its .cpp files only, the libraries named in PRIVATE.
function(patchbot_layer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;PRIVATE;PUBLIC" ${ARGN})
  list(TRANSFORM ARG_SOURCES PREPEND "${name}/")
  add_library(patchbot_${name} STATIC ${ARG_SOURCES})
  target_include_directories(patchbot_${name} PUBLIC "${PROJECT_SOURCE_DIR}/src")
  list(TRANSFORM ARG_USES PREPEND "patchbot_")
  target_link_libraries(patchbot_${name} PUBLIC ${ARG_USES} ${ARG_PUBLIC}
                                         PRIVATE patchbot_warnings ${ARG_PRIVATE})
endfunction()

# patchbot_tool(command-name SOURCES a.cpp ... USES layer ...)
# Everything but main.cpp is also a library, so that tests run the whole command in process.
function(patchbot_tool name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES" ${ARGN})
  list(TRANSFORM ARG_SOURCES PREPEND "${name}/")
  list(TRANSFORM ARG_USES PREPEND "patchbot_")
  string(REPLACE "-" "_" library "tool_${name}")
  add_library(${library} STATIC ${ARG_SOURCES})
  target_include_directories(${library} PUBLIC "${PROJECT_SOURCE_DIR}/src" "${PROJECT_SOURCE_DIR}/tools/${name}")
  target_link_libraries(${library} PUBLIC patchbot_cli ${ARG_USES} PRIVATE patchbot_warnings fmt::fmt-header-only)
  add_executable(${name} ${name}/main.cpp)
  target_link_libraries(${name} PRIVATE ${library} patchbot_warnings)
  install(TARGETS ${name} RUNTIME)
endfunction()
