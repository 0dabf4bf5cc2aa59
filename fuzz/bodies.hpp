// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

// One body per parser, usable with and without libFuzzer. Each returns 0 and lets PropertyBroken,
// or whatever else must not escape, pass.

namespace patchbot::fuzz {

int fuzz_aws_answers_json(const std::uint8_t* data, std::size_t size);
int fuzz_aws_deployments_xml(const std::uint8_t* data, std::size_t size);
int fuzz_aws_failure(const std::uint8_t* data, std::size_t size);
int fuzz_aws_instances_xml(const std::uint8_t* data, std::size_t size);
int fuzz_aws_profiles(const std::uint8_t* data, std::size_t size);
int fuzz_clean_text(const std::uint8_t* data, std::size_t size);
int fuzz_compressed(const std::uint8_t* data, std::size_t size);
int fuzz_config_yaml(const std::uint8_t* data, std::size_t size);
int fuzz_csaf_vex(const std::uint8_t* data, std::size_t size);
int fuzz_cyclonedx_vex(const std::uint8_t* data, std::size_t size);
int fuzz_exchange_json(const std::uint8_t* data, std::size_t size);
int fuzz_feed_epss_csv(const std::uint8_t* data, std::size_t size);
int fuzz_feed_file(const std::uint8_t* data, std::size_t size);
int fuzz_feed_kev_json(const std::uint8_t* data, std::size_t size);
int fuzz_feed_ssvc_json(const std::uint8_t* data, std::size_t size);
int fuzz_finding_lines(const std::uint8_t* data, std::size_t size);
int fuzz_images_json(const std::uint8_t* data, std::size_t size);
int fuzz_inventory_json(const std::uint8_t* data, std::size_t size);
int fuzz_nessus_csv(const std::uint8_t* data, std::size_t size);
int fuzz_nessus_xml(const std::uint8_t* data, std::size_t size);
int fuzz_openvex(const std::uint8_t* data, std::size_t size);
int fuzz_packer_manifest(const std::uint8_t* data, std::size_t size);
int fuzz_redaction(const std::uint8_t* data, std::size_t size);
int fuzz_rendering(const std::uint8_t* data, std::size_t size);
int fuzz_nessus_layout(const std::uint8_t* data, std::size_t size);
int fuzz_sam_settings_toml(const std::uint8_t* data, std::size_t size);
int fuzz_scan_state_json(const std::uint8_t* data, std::size_t size);
int fuzz_vulns_export_state_json(const std::uint8_t* data, std::size_t size);
int fuzz_target_list(const std::uint8_t* data, std::size_t size);
int fuzz_template_yaml(const std::uint8_t* data, std::size_t size);
int fuzz_waivers_yaml(const std::uint8_t* data, std::size_t size);
int fuzz_xml_scanner(const std::uint8_t* data, std::size_t size);

}  // namespace patchbot::fuzz
