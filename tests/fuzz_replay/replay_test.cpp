// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "bodies.hpp"
#include "support/scanner.hpp"

namespace patchbot::fuzz {
namespace {

namespace fs = std::filesystem;

struct Body {
  const char* name;
  int (*run)(const std::uint8_t*, std::size_t);
};

constexpr Body bodies[] = {{"aws_answers_json", fuzz_aws_answers_json},
                           {"aws_deployments_xml", fuzz_aws_deployments_xml},
                           {"aws_failure", fuzz_aws_failure},
                           {"aws_instances_xml", fuzz_aws_instances_xml},
                           {"aws_profiles", fuzz_aws_profiles},
                           {"clean_text", fuzz_clean_text},
                           {"compressed", fuzz_compressed},
                           {"config_yaml", fuzz_config_yaml},
                           {"csaf_vex", fuzz_csaf_vex},
                           {"cyclonedx_vex", fuzz_cyclonedx_vex},
                           {"exchange_json", fuzz_exchange_json},
                           {"feed_epss_csv", fuzz_feed_epss_csv},
                           {"feed_file", fuzz_feed_file},
                           {"feed_kev_json", fuzz_feed_kev_json},
                           {"feed_ssvc_json", fuzz_feed_ssvc_json},
                           {"finding_lines", fuzz_finding_lines},
                           {"images_json", fuzz_images_json},
                           {"inventory_json", fuzz_inventory_json},
                           {"nessus_csv", fuzz_nessus_csv},
                           {"nessus_xml", fuzz_nessus_xml},
                           {"openvex", fuzz_openvex},
                           {"packer_manifest", fuzz_packer_manifest},
                           {"redaction", fuzz_redaction},
                           {"rendering", fuzz_rendering},
                           {"nessus_layout", fuzz_nessus_layout},
                           {"sam_settings_toml", fuzz_sam_settings_toml},
                           {"scan_state_json", fuzz_scan_state_json},
                           {"vulns_export_state_json", fuzz_vulns_export_state_json},
                           {"target_list", fuzz_target_list},
                           {"template_yaml", fuzz_template_yaml},
                           {"waivers_yaml", fuzz_waivers_yaml},
                           {"xml_scanner", fuzz_xml_scanner}};

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  if (!fs::is_directory(folder)) return files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void replay(const Body& body, const std::vector<fs::path>& files) {
  for (const fs::path& file : files) {
    SCOPED_TRACE(file.string());
    const std::string bytes = bytes_of(file);
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    EXPECT_NO_THROW(body.run(data, bytes.size()));
  }
}

class FuzzReplay : public testing::TestWithParam<Body> {};

TEST_P(FuzzReplay, SeedsKeepTheProperties) {
  const auto files = files_in(fs::path(PATCHBOT_FUZZ_DIR) / "seeds" / GetParam().name);
  ASSERT_FALSE(files.empty()) << "no seeds for " << GetParam().name;
  replay(GetParam(), files);
}

TEST_P(FuzzReplay, PastFindingsStayFixed) {
  replay(GetParam(), files_in(fs::path(PATCHBOT_FUZZ_DIR) / "regressions" / GetParam().name));
}

TEST_P(FuzzReplay, EmptyInputKeepsTheProperties) { EXPECT_NO_THROW(GetParam().run(nullptr, 0)); }

INSTANTIATE_TEST_SUITE_P(Targets, FuzzReplay, testing::ValuesIn(bodies), [](const auto& tested) {
  return std::string(tested.param.name);
});

// The folder of a scanner's seeds is called as its file in src/formats/scanners.
std::vector<std::string> scanners() {
  std::vector<std::string> names;
  for (const fs::path& file : files_in(PATCHBOT_SCANNERS_DIR)) {
    if (file.extension() == ".cpp" && file.stem() != "registry") names.push_back(file.stem());
  }
  return names;
}

class ScannerReplay : public testing::TestWithParam<std::string> {};

TEST_P(ScannerReplay, SeedsAndPastFindingsKeepTheProperties) {
  const auto seeds = files_in(fs::path(PATCHBOT_FUZZ_DIR) / "seeds" / GetParam());
  ASSERT_FALSE(seeds.empty()) << "no seeds for " << GetParam();
  auto files = files_in(fs::path(PATCHBOT_FUZZ_DIR) / "regressions" / GetParam());
  files.insert(files.end(), seeds.begin(), seeds.end());
  for (const fs::path& file : files) {
    SCOPED_TRACE(file.string());
    const std::string bytes = bytes_of(file);
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    EXPECT_NO_THROW(fuzz_scanner(GetParam(), data, bytes.size()));
  }
  EXPECT_NO_THROW(fuzz_scanner(GetParam(), nullptr, 0));
}

INSTANTIATE_TEST_SUITE_P(Scanners,
                         ScannerReplay,
                         testing::ValuesIn(scanners()),
                         [](const auto& tested) { return tested.param; });

TEST(FuzzReplayFolders, EveryFolderBelongsToATarget) {
  const fs::path root(PATCHBOT_FUZZ_DIR);
  ASSERT_FALSE(files_in(root / "regressions").empty());
  for (const char* kind : {"seeds", "regressions"}) {
    for (const fs::path& folder : files_in(root / kind)) {
      const bool body = std::any_of(std::begin(bodies), std::end(bodies), [&](const Body& known) {
        return folder.filename() == known.name;
      });
      const auto names = scanners();
      const bool scanner = std::count(names.begin(), names.end(), folder.filename().string()) > 0;
      EXPECT_TRUE(body || scanner) << folder;
    }
  }
}

}  // namespace
}  // namespace patchbot::fuzz
