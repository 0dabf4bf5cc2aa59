// SPDX-License-Identifier: Apache-2.0
#include "formats/packer_manifest.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "formats/vex/whole_json.hpp"
#include "model/aws_names.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_text = std::size_t{16} * 1024;  // the AMIs of all regions fit many times
constexpr long last_second = 253'402'300'799;             // of the year 9999

class Manifest {
 public:
  explicit Manifest(std::string_view bytes) : document_(bytes) {}

  Bake bake(std::string_view wanted) {
    const Node root = document_.root();
    if (!root["last_run_uuid"]) document_.fail(root, "last_run_uuid: is missing");
    bake_.name = text(root, "last_run_uuid");
    bake_.reason = "the manifest has no build of the last run of Packer";
    for (const Node build : builds()) {
      if (!build.is_object()) document_.fail(build, "builds: must be a list of objects");
      if (bake_.name.empty() || text(build, "packer_run_uuid") != bake_.name) continue;
      if (bake_.state == Bake::State::failed && !wanted.empty()) {
        bake_.reason = "the last run of Packer has no build '" + std::string(wanted) + "'";
      }
      if (wanted.empty() || text(build, "name") == wanted) add(build);
    }
    return std::move(bake_);
  }

 private:
  NodeRange builds() const {
    const Node list = document_.root()["builds"];
    const bool is_null = !list && list.key() == "builds";  // as Go writes a list without items
    if (!list && !is_null) document_.fail(document_.root(), "builds: is missing");
    if (!is_null && !list.is_list()) document_.fail(list, "builds: must be a list");
    return list.items();
  }

  std::string text(const Node& object, std::string_view key) const {
    const Node found = object[key];
    if (!found) return {};
    if (found.type() != NodeType::text) fail(found, "must be a text");
    std::string line = found.line();
    if (line.size() > max_text) fail(found, "is longer than 16 KiB");
    return line;
  }

  void add(const Node& build) {
    bake_.state = Bake::State::succeeded;
    bake_.reason.clear();
    if (const auto time = end_of(build)) {
      bake_.ended_at = std::max(*time, bake_.ended_at.value_or(*time));
    }
    const std::string artifact = text(build, "artifact_id");
    if (artifact.empty()) return;  // of a build that was to leave nothing behind
    const bool is_amazon = text(build, "builder_type").find("amazon") != std::string::npos;
    for (const std::string_view part : split(artifact, ',')) add_ami(build, part, is_amazon);
  }

  static constexpr const char* no_end = "must be the time in seconds since 1970";

  std::optional<Time> end_of(const Node& build) const {
    const Node found = build["build_time"];
    if (!found) return {};
    const auto seconds =
        found.type() == NodeType::number ? parse_integer(found.raw()) : std::optional<long>();
    if (!seconds || *seconds < 0 || *seconds > last_second) fail(found, no_end);
    if (*seconds == 0) return {};
    return Time(std::chrono::seconds(*seconds));
  }

  // Amazon's builders may make volumes as well, and builders of others anything at all; what they
  // made may have become an AMI by a post-processor.
  void add_ami(const Node& build, std::string_view part, bool is_amazon) {
    const auto colon = std::min(part.find(':'), part.size());
    const std::string region(trim(part.substr(0, colon)));
    const std::string id(trim(part.substr(std::min(colon + 1, part.size()))));
    if (is_region(region) && is_ami_id(id)) return add_ami(build, region, id);
    const bool is_other = is_region(region) && id.find('-') != std::string::npos;
    if (!is_amazon || (is_other && !id.starts_with("ami-"))) return;
    fail(build["artifact_id"],
         "expected region:ami,region:ami, such as eu-west-1:ami-0123456789abcdef0");
  }

  void add_ami(const Node& build, const std::string& region, const std::string& id) {
    const std::string name = text(build, "name");
    const auto [known, is_new] = bake_.amis.emplace(region, id);
    const std::string& maker = makers_.emplace(region, name).first->second;
    if (is_new || known->second == id) return;
    const std::string both = known->second + " and " + id;
    fail(build["artifact_id"],
         maker == name ? "build '" + name + "' made two AMIs for " + region + ": " + both
                       : "builds '" + maker + "' and '" + name + "' made two AMIs for " + region +
                             ": " + both + "; say which build is meant");
  }

  [[noreturn]] void fail(const Node& member, const std::string& what) const {
    document_.fail(member, std::string(member.key()) + ": " + what);
  }

  WholeJson document_;
  Bake bake_;
  std::map<std::string, std::string> makers_;  ///< by region, the build that made the AMI
};

}  // namespace

Bake parse_packer_manifest(std::string_view bytes, std::string_view build) {
  return Manifest(bytes).bake(build);
}

}  // namespace patchbot
