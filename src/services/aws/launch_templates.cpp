// SPDX-License-Identifier: Apache-2.0
#include "services/aws/launch_templates.hpp"

#include <algorithm>
#include <tuple>

#include "base/error.hpp"
#include "services/aws/pages.hpp"
#include "services/aws/query_answer.hpp"

namespace patchbot::aws {
namespace {

using Versions = std::vector<LaunchTemplateVersion>;

constexpr int versions_per_page = 200;  // the most that one answer has
constexpr std::size_t most_versions = 20'000;
constexpr std::size_t most_parameter_name = 2048;  // of Systems Manager; an AMI id is shorter

constexpr const char* latest = "$Latest";

LaunchTemplateVersion read_version(const XmlNode& item, const Reply& reply) {
  LaunchTemplateVersion version;
  version.id = text_in(item, reply, "launchTemplateId");
  version.name = text_of(item, "launchTemplateName");
  version.number = number_in(item, reply, "versionNumber");
  version.is_default = text_of(item, "defaultVersion") == "true";
  version.ami = text_of(item, "launchTemplateData/imageId", most_parameter_name);
  version.created_at = parse_rfc3339(text_of(item, "createTime"));
  return version;
}

// The token of the next page; empty at the end.
std::string add_versions(const Reply& reply, Versions& versions) {
  const XmlAnswer answer(reply);
  check_root(answer, reply, "DescribeLaunchTemplateVersionsResponse");
  for (const XmlNode& item : list_in(answer.root(), reply, "launchTemplateVersionSet").children) {
    versions.push_back(read_version(item, reply));
  }
  if (versions.size() > most_versions)
    throw Error(Blame::remote, reply.label + ": more than 20,000 launch template versions");
  return answer.root().text("nextToken");
}

Form versions_form(const std::vector<std::string>& versions) {
  Form form{{"MaxResults", std::to_string(versions_per_page)}};
  for (std::size_t i = 0; i < versions.size(); ++i) {
    form.emplace_back("LaunchTemplateVersion." + std::to_string(i + 1), versions[i]);
  }
  return form;
}

// Each once: one version may be the latest, the default, and asked for by its number.
void sort_versions(Versions& versions) {
  const auto less = [](const LaunchTemplateVersion& a, const LaunchTemplateVersion& b) {
    return std::tie(a.id, a.number) < std::tie(b.id, b.number);
  };
  std::sort(versions.begin(), versions.end(), less);
  const auto alike = std::unique(
      versions.begin(), versions.end(), [less](auto& a, auto& b) { return !less(a, b); });
  versions.erase(alike, versions.end());
}

// Of sorted versions. EC2 does not say which is the latest, but numbers only grow.
void mark_latest(Versions& versions) {
  for (std::size_t i = 0; i < versions.size(); ++i) {
    versions[i].is_latest = i + 1 == versions.size() || versions[i + 1].id != versions[i].id;
  }
}

}  // namespace

std::vector<LaunchTemplateVersion> current_launch_template_versions(Client& client) {
  Versions found;
  query_pages(client,
              describe_launch_template_versions,
              versions_form({latest, "$Default"}),
              [&found](const Reply& reply) { return add_versions(reply, found); });
  sort_versions(found);
  mark_latest(found);
  return found;
}

std::vector<LaunchTemplateVersion> launch_template_versions(
    Client& client, const std::string& id, const std::vector<std::string>& versions) {
  Versions found;
  if (versions.empty()) return found;  // EC2 would give all of them
  bool resolve = true;
  each_page(client.label(describe_launch_template_versions), [&](const std::string& token) {
    const auto ask = [&] {
      Form form = versions_form(versions);
      form.emplace_back("LaunchTemplateId", id);
      if (resolve) form.emplace_back("ResolveAlias", "true");
      if (!token.empty()) form.emplace_back("NextToken", token);
      return client.query(describe_launch_template_versions, form);
    };
    Reply reply = ask();
    if (resolve && reply.failure && reply.failure->status / 100 == 4) {
      resolve = false;  // a parameter that is gone or forbidden hides the versions themselves
      reply = ask();
    }
    return add_versions(reply, found);
  });
  sort_versions(found);
  if (std::find(versions.begin(), versions.end(), latest) != versions.end()) mark_latest(found);
  return found;
}

}  // namespace patchbot::aws
