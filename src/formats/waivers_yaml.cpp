// SPDX-License-Identifier: Apache-2.0
#include "formats/waivers_yaml.hpp"

#include <yaml-cpp/yaml.h>

#include <unordered_map>
#include <utility>

#include "base/utf8.hpp"
#include "formats/strict_yaml.hpp"
#include "formats/vex/vex.hpp"
#include "formats/waiver_match_yaml.hpp"

namespace patchbot {
namespace {

StrictYaml::Read into(std::string& text, std::string_view what) {
  return [&text, what](const YAML::Node& node) { text = StrictYaml::text(node, what); };
}

Date read_expiry(const YAML::Node& node) {
  const std::string text = StrictYaml::text(node, "expires");
  const auto day = parse_date(text);
  if (!day) StrictYaml::fail(node, "expires: '" + text + "' is no date; expected YYYY-MM-DD");
  return *day;
}

std::vector<std::string> read_runs_on(const YAML::Node& node) {
  std::vector<std::string> globs = StrictYaml::texts(node, "runs_on");
  for (const std::string& glob : globs) {
    if (glob.find_first_not_of("*?/") != std::string::npos) continue;
    StrictYaml::fail(node,
                     "runs_on '" + glob + "' is every asset: name those that run the product");
  }
  return globs;
}

/// Reads the entries one by one; a wrong one is thrown, or noted and left out.
class WaiverReader {
 public:
  WaiverReader(const Config& config, const ReadNamed& read, std::vector<Error>* problems)
      : config_(config), read_(read), problems_(problems) {}

  WaiverFile read(std::string_view text) {
    try {
      StrictYaml::parse(text, [this](const YAML::Node& root) { read_root(root); });
    } catch (const Error& error) {
      note(error);
    }
    return std::move(file_);
  }

 private:
  void note(const Error& error) {
    if (problems_ == nullptr) throw error;
    problems_->push_back(error);
  }

  void read_root(const YAML::Node& root) {
    StrictYaml::mapping(root,
                        "the waivers file",
                        {{"schema", [](const YAML::Node& n) { read_schema(n); }, true},
                         {"waivers", each("waivers", [this](auto& n) { add_waiver(n); })},
                         {"vex", each("vex", [this](auto& n) { add_vex(n); })}});
    if (!root["waivers"] && !root["vex"]) {
      StrictYaml::fail(root, "the waivers file needs the key 'waivers', or 'vex'");
    }
  }

  static void read_schema(const YAML::Node& node) {
    const std::string schema = StrictYaml::text(node, "schema");
    if (schema != "patchbot.waivers/1") {
      StrictYaml::fail(node, "schema '" + schema + "' is not known; expected patchbot.waivers/1");
    }
  }

  StrictYaml::Read each(std::string_view what, const StrictYaml::Read& add) {
    return [this, what, add](const YAML::Node& list) {
      StrictYaml::each_item(list, what, [this, &add](const YAML::Node& item) {
        try {
          add(item);
        } catch (const Error& error) {
          note(error);
        }
      });
    };
  }

  static std::vector<StrictYaml::Key> keys_of(Acceptance& entry) {
    return {{"owner", into(entry.owner, "owner"), true},
            {"expires", [&entry](const YAML::Node& n) { entry.expires = read_expiry(n); }, true},
            {"ticket", into(entry.ticket, "ticket")},
            {"approver", into(entry.approver, "approver")}};
  }

  void add_waiver(const YAML::Node& node) {
    Waiver waiver;
    waiver.position = StrictYaml::position_of(node);
    auto keys = keys_of(waiver);
    keys.insert(keys.begin(),
                {{"id", into(waiver.id, "id"), true},
                 {"match",
                  [&](const YAML::Node& n) { waiver.match = read_waiver_match(n, config_); },
                  true},
                 {"reason", into(waiver.reason, "reason"), true}});
    StrictYaml::mapping(node, "a waiver", keys);
    check_new(ids_, waiver.id, waiver, "waiver id '" + waiver.id + "' is given twice");
    check_new(matches_,
              match_key(waiver.match),
              waiver,
              "waiver '" + waiver.id + "' matches the same as another one");
    file_.waivers.push_back(std::move(waiver));
  }

  void add_vex(const YAML::Node& node) {
    VexWaiver vex;
    YAML::Node place;
    vex.position = StrictYaml::position_of(node);
    auto keys = keys_of(vex);
    keys.insert(keys.begin(),
                {{"id", into(vex.id, "id")},
                 {"file",
                  [&](const YAML::Node& n) {
                    vex.file = StrictYaml::line(n, "file");
                    place.reset(n);
                  },
                  true},
                 {"match", [&](const YAML::Node& n) { vex.match = read_vex_match(n, config_); }},
                 {"runs_on", [&](const YAML::Node& n) { vex.runs_on = read_runs_on(n); }},
                 {"reason", into(vex.reason, "reason")}});
    StrictYaml::mapping(node, "a vex entry", keys);
    if (vex.id.empty()) vex.id = vex.file;
    check_new(matches_,
              vex.file + '\n' + match_key(vex.match),
              vex,
              "'" + vex.file + "' is named twice with the same match");
    check_new(ids_, vex.id, vex, "id '" + vex.id + "' is given twice");
    vex.document = read_document(vex.file, place);
    file_.vex.push_back(std::move(vex));
  }

  using Places = std::unordered_map<std::string, Position>;

  static void check_new(Places& known,
                        const std::string& key,
                        const Acceptance& entry,
                        const std::string& message) {
    const auto [first, is_new] = known.emplace(key, entry.position);
    if (is_new) return;
    throw Error(Blame::usage,
                message + "; first in line " + std::to_string(first->second.line),
                entry.position);
  }

  VexDocument read_document(const std::string& file, const YAML::Node& place) const {
    try {
      if (!read_) throw Error(Blame::usage, "cannot be read from here");
      return parse_vex(read_(file));
    } catch (const Error& error) {
      StrictYaml::fail(place, error.in(clean_line(file)).what());
    }
  }

  const Config& config_;
  const ReadNamed& read_;
  std::vector<Error>* problems_;
  WaiverFile file_;
  Places ids_;
  Places matches_;
};

}  // namespace

WaiverFile parse_waivers(std::string_view text, const Config& config, const ReadNamed& read) {
  return WaiverReader(config, read, nullptr).read(text);
}

WaiverFile parse_waivers(std::string_view text,
                         const Config& config,
                         const ReadNamed& read,
                         std::vector<Error>& problems) {
  return WaiverReader(config, read, &problems).read(text);
}

}  // namespace patchbot
