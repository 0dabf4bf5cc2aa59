// SPDX-License-Identifier: Apache-2.0
#include "services/aws/ec2.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "model/aws_names.hpp"
#include "services/aws/ec2_instance.hpp"
#include "services/aws/pages.hpp"
#include "services/aws/xml_answer.hpp"

namespace patchbot::aws {
namespace {

// Large enough that few calls are throttled, small enough that many pages at once fit into memory.
constexpr int instances_per_page = 500;
constexpr std::size_t images_per_question = 200;  // the most that one filter takes

void add_list(Form& form, const std::string& filter, const std::vector<std::string>& values) {
  if (values.empty()) return;
  form.emplace_back("Filter.1.Name", filter);
  for (std::size_t i = 0; i < values.size(); ++i) {
    form.emplace_back("Filter.1.Value." + std::to_string(i + 1), values[i]);
  }
}

// Machines that other services manage (EKS, say) are hidden from plain questions since 2026, but
// run, and can be attacked, all the same.
Form instances_form(const std::vector<std::string>& states,
                    const std::string& token,
                    bool managed) {
  Form form{{"MaxResults", std::to_string(instances_per_page)}};
  if (managed) form.emplace_back("IncludeManagedResources", "true");
  add_list(form, "instance-state-name", states);
  if (!token.empty()) form.emplace_back("NextToken", token);
  return form;
}

void check_root(const XmlAnswer& answer, const Reply& reply, std::string_view wanted) {
  if (answer.root().name == wanted) return;
  throw Error(Blame::remote,
              reply.label + ": expected <" + std::string(wanted) + ">, but the answer is <" +
                  std::string(answer.root().name.substr(0, 60)) + ">");
}

// EC2 sends its lists also when they are empty. Without one the answer is of another shape, and to
// take it for "no machines" would hide them all.
const XmlNode& list_in(const XmlNode& node, const Reply& reply, const std::string& name) {
  const XmlNode* list = node.find(name);
  if (list == nullptr)
    throw Error(Blame::remote, reply.label + ": the answer has no <" + name + ">");
  return *list;
}

}  // namespace

std::vector<std::string> enabled_regions(Client& client) {
  const Reply reply = client.query(describe_regions, {{"AllRegions", "false"}});
  const XmlAnswer answer(reply);
  check_root(answer, reply, "DescribeRegionsResponse");
  std::vector<std::string> regions;
  for (const XmlNode& item : answer.root().items("regionInfo")) {
    // It becomes part of the host name that gets our signed requests.
    regions.push_back(item.text("regionName"));
    if (is_region(regions.back())) continue;
    throw Error(Blame::remote, reply.label + ": the answer names a region that cannot be one");
  }
  if (regions.empty()) {
    throw Error(Blame::remote, reply.label + ": the answer names no region");
  }
  std::sort(regions.begin(), regions.end());
  return regions;
}

void each_instance_page(Client& client,
                        const std::vector<std::string>& states,
                        const std::function<void(std::vector<Target>&&)>& read) {
  bool managed = true;
  each_page(client.label(describe_instances), [&](const std::string& token) {
    const auto ask = [&] {
      return client.query(describe_instances, instances_form(states, token, managed));
    };
    Reply reply = ask();
    if (reply.failure && reply.failure->code == "UnknownParameter") {
      managed = false;  // an older EC2 than the public one: it hides nothing
      reply = ask();
    }
    std::vector<Target> page;
    const XmlAnswer answer(reply, "instancesSet", [&](const XmlNode& item) {
      Target target = read_instance(item);
      if (target.id.empty()) throw Error(Blame::remote, reply.label + ": an instance has no id");
      target.account = client.scope();
      target.region = client.region();
      page.push_back(std::move(target));
    });
    check_root(answer, reply, "DescribeInstancesResponse");
    for (const XmlNode& reservation : list_in(answer.root(), reply, "reservationSet").children) {
      list_in(reservation, reply, "instancesSet");
    }
    read(std::move(page));
    return answer.root().text("nextToken");
  });
}

std::unordered_map<std::string, std::string> image_names(Client& client,
                                                         const std::vector<std::string>& ids) {
  std::unordered_map<std::string, std::string> names;
  for (std::size_t start = 0; start < ids.size(); start += images_per_question) {
    const auto first = ids.begin() + static_cast<std::ptrdiff_t>(start);
    const auto count = std::min(images_per_question, ids.size() - start);
    // By a filter: an id that is gone would make the whole call fail.
    Form form{{"IncludeDeprecated", "true"}, {"IncludeDisabled", "true"}};
    add_list(form, "image-id", {first, first + static_cast<std::ptrdiff_t>(count)});
    const Reply reply = client.query(describe_images, form);
    const XmlAnswer answer(reply);
    check_root(answer, reply, "DescribeImagesResponse");
    for (const XmlNode& item : list_in(answer.root(), reply, "imagesSet").children) {
      names[item.text("imageId")] = item.text("name");
    }
  }
  return names;
}

std::string dry_run(Client& client, const Operation& operation) {
  const Reply reply = client.query(operation, {{"DryRun", "true"}});
  if (!reply.failure || reply.failure->code == "DryRunOperation") return {};
  return reply.failure->code + ": " + reply.failure->message;
}

}  // namespace patchbot::aws
