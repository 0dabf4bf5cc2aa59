// SPDX-License-Identifier: Apache-2.0
#include "formats/pull_requests_yaml.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats/aws_yaml.hpp"
#include "formats/base_url.hpp"
#include "formats/strict_yaml.hpp"
#include "model/aws_names.hpp"
#include "model/pull_request_rules.hpp"

namespace patchbot {
namespace {

template <class Value, std::size_t size>
Value read_word(const YAML::Node& node,
                std::string_view what,
                const std::array<std::pair<std::string_view, Value>, size>& words) {
  const std::string word = StrictYaml::line(node, what);
  std::vector<std::string_view> known;
  for (const auto& [name, value] : words) {
    if (name == word) return value;
    known.push_back(name);
  }
  StrictYaml::fail(
      node,
      std::string(what) + ": '" + word + "' is not known; " + StrictYaml::suggestion(word, known));
}

constexpr std::array<std::pair<std::string_view, GateLevel>, 4> levels{{{"fail", GateLevel::fail},
                                                                        {"warn", GateLevel::warn},
                                                                        {"note", GateLevel::note},
                                                                        {"none", GateLevel::none}}};

constexpr std::array<std::pair<std::string_view, CodeHost>, 4> kinds{
    {{"github", CodeHost::github},
     {"gitlab", CodeHost::gitlab},
     {"bitbucket", CodeHost::bitbucket_cloud},
     {"bitbucket-data-center", CodeHost::bitbucket_data_center}}};

TemplateScope read_scope(const YAML::Node& node) {
  TemplateScope scope;
  const auto line = [](std::string& to, std::string_view what) {
    return [&to, what](const YAML::Node& n) { to = StrictYaml::line(n, what); };
  };
  const auto globs = [](std::vector<std::string>& to, std::string_view what) {
    return [&to, what](const YAML::Node& n) { to = StrictYaml::texts(n, what); };
  };
  StrictYaml::mapping(
      node,
      "an entry of templates",
      {{"repository", globs(scope.repository, "repository")},
       {"path", globs(scope.path, "path")},
       {"service", line(scope.service, "service")},
       {"environment", line(scope.environment, "environment")},
       {"account", [&](const YAML::Node& n) { scope.account = read_account_id(n); }},
       {"regions", [&](const YAML::Node& n) {
          scope.regions = StrictYaml::texts(n, "regions", read_region);
        }}});
  return scope;
}

std::map<std::string, GateLevel> read_rules(const YAML::Node& node) {
  std::map<std::string, GateLevel> rules;
  StrictYaml::each_entry(node, "rules", [&](const std::string& id, const YAML::Node& level) {
    if (pull_request_rule(id) == nullptr) {
      StrictYaml::fail(
          level,
          "rules: '" + id + "' is no rule; " + StrictYaml::suggestion(id, pull_request_rule_ids()));
    }
    rules.emplace(id, read_word(level, id, levels));
  });
  return rules;
}

unsigned read_hours(const YAML::Node& node) {
  constexpr long most = 24L * 366;
  const std::string text = StrictYaml::text(node, "soak_hours");
  const auto hours = parse_integer(text);
  if (!hours || *hours < 0 || *hours > most) {
    StrictYaml::fail(node, "soak_hours: '" + text + "' is no number of hours, from 0 to 8784");
  }
  return static_cast<unsigned>(*hours);
}

CodeHostSettings read_host(const YAML::Node& node) {
  CodeHostSettings host{};
  StrictYaml::mapping(
      node,
      "an entry of hosts",
      {{"kind", [&](const YAML::Node& n) { host.kind = read_word(n, "kind", kinds); }, true},
       {"url", [&](const YAML::Node& n) { host.url = read_base_url(n); }, true}});
  return host;
}

std::string read_owner(const YAML::Node& node) {
  std::string owner = StrictYaml::line(node, "owners");
  const std::vector<std::string_view> words{"self", "amazon", "aws-marketplace", "microsoft"};
  if (is_account_id(owner) || std::find(words.begin(), words.end(), owner) != words.end()) {
    return owner;
  }
  StrictYaml::fail(node,
                   "owners: '" + owner +
                       "' is no account of 12 digits and none of self, amazon, "
                       "aws-marketplace and microsoft");
}

ImageSettings read_images(const YAML::Node& node) {
  ImageSettings images;
  StrictYaml::mapping(
      node,
      "images",
      {{"owners",
        [&](const YAML::Node& n) { images.owners = StrictYaml::texts(n, "owners", read_owner); }},
       {"blocked",
        [&](const YAML::Node& n) { images.blocked = StrictYaml::texts(n, "blocked"); }}});
  return images;
}

}  // namespace

PullRequestSettings read_pull_requests(const YAML::Node& node) {
  PullRequestSettings settings;
  const auto read_templates = [&](const YAML::Node& n) {
    StrictYaml::each_item(n, "templates", [&](const YAML::Node& one) {
      settings.templates.push_back(read_scope(one));
    });
  };
  const auto read_hosts = [&](const YAML::Node& n) {
    StrictYaml::each_item(
        n, "hosts", [&](const YAML::Node& one) { settings.hosts.push_back(read_host(one)); });
  };
  StrictYaml::mapping(
      node,
      "pull_requests",
      {{"templates", read_templates},
       {"rules", [&](const YAML::Node& n) { settings.rules = read_rules(n); }},
       {"soak_hours", [&](const YAML::Node& n) { settings.soak_hours = read_hours(n); }},
       {"hosts", read_hosts},
       {"images", [&](const YAML::Node& n) { settings.images = read_images(n); }}});
  return settings;
}

}  // namespace patchbot
