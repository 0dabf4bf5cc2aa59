// SPDX-License-Identifier: Apache-2.0
#include "formats/template_file.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/text.hpp"
#include "formats/parameter_overrides.hpp"
#include "formats/sam_settings.hpp"
#include "formats/template_reader.hpp"

namespace patchbot {
namespace {

constexpr std::array<std::string_view, 4> endings{".yaml", ".yml", ".json", ".template"};

}  // namespace

std::vector<std::string> template_endings() {
  std::vector<std::string> all{endings.begin(), endings.end()};
  all.emplace_back(".toml");
  return all;
}

bool may_be_template(std::string_view path) {
  const std::string ending = to_lower(std::filesystem::path(path).extension().string());
  return std::find(endings.begin(), endings.end(), ending) != endings.end() ||
         is_sam_settings(path);
}

Template read_template_file(std::string_view path, std::string_view bytes) {
  if (is_sam_settings(path)) return read_sam_settings(bytes, path);
  Template read = read_template(bytes);
  spell_out_overrides(read.root);
  return read;
}

}  // namespace patchbot
