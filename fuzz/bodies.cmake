# SPDX-License-Identifier: Apache-2.0
# The fuzz targets by name, and the library of their bodies: for libFuzzer here, and for the replay
# and differential tests with any compiler.

set(PATCHBOT_FUZZ_TARGETS
    aws_answers_json
    aws_deployments_xml
    aws_failure
    aws_instances_xml
    aws_profiles
    clean_text
    compressed
    config_yaml
    csaf_vex
    cyclonedx_vex
    exchange_json
    feed_epss_csv
    feed_file
    feed_kev_json
    feed_ssvc_json
    finding_lines
    images_json
    inventory_json
    nessus_csv
    nessus_layout
    nessus_xml
    openvex
    packer_manifest
    redaction
    rendering
    sam_settings_toml
    scan_state_json
    target_list
    template_yaml
    vulns_export_state_json
    waivers_yaml
    xml_scanner)

# A format that is read record by record needs no body of its own: fuzz_<file in src/formats/scanners>.
file(GLOB scanners CONFIGURE_DEPENDS "${CMAKE_CURRENT_LIST_DIR}/../src/formats/scanners/*.cpp")
set(PATCHBOT_FUZZ_SCANNERS)
foreach(scanner IN LISTS scanners)
  cmake_path(GET scanner STEM stem)
  if(NOT stem STREQUAL "registry")
    list(APPEND PATCHBOT_FUZZ_SCANNERS ${stem})
  endif()
endforeach()

if(NOT TARGET patchbot_fuzz_bodies)
  set(fuzz_sources support/aws_answers.cpp support/property.cpp support/scanner.cpp support/targets.cpp
                   support/transcript.cpp support/vex.cpp)
  foreach(target IN LISTS PATCHBOT_FUZZ_TARGETS)
    list(APPEND fuzz_sources ${target}.cpp)
  endforeach()
  list(TRANSFORM fuzz_sources PREPEND "${CMAKE_CURRENT_LIST_DIR}/")
  add_library(patchbot_fuzz_bodies STATIC ${fuzz_sources})
  target_include_directories(patchbot_fuzz_bodies PUBLIC "${CMAKE_CURRENT_LIST_DIR}")
  target_link_libraries(
    patchbot_fuzz_bodies
    PUBLIC patchbot_formats patchbot_rules patchbot_services patchbot_templates
    PRIVATE patchbot_warnings nlohmann_json::nlohmann_json tinyxml2::tinyxml2)
endif()
