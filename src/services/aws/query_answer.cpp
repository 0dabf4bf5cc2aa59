// SPDX-License-Identifier: Apache-2.0
#include "services/aws/query_answer.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "services/aws/pages.hpp"

namespace patchbot::aws {
namespace {

constexpr std::size_t most_tag_text = 1024;  // 256 characters of any script

[[noreturn]] void refuse(const Reply& reply, const std::string& problem) {
  throw Error(Blame::remote, reply.label + ": " + problem);
}

}  // namespace

void add_filter(Form& form,
                int number,
                const std::string& name,
                const std::vector<std::string>& values) {
  if (values.empty()) return;
  const std::string filter = "Filter." + std::to_string(number);
  form.emplace_back(filter + ".Name", name);
  for (std::size_t i = 0; i < values.size(); ++i) {
    form.emplace_back(filter + ".Value." + std::to_string(i + 1), values[i]);
  }
}

void query_pages(Client& client,
                 const Operation& operation,
                 const Form& form,
                 const std::function<std::string(const Reply& reply)>& read) {
  each_page(client.label(operation), [&](const std::string& token) {
    Form page = form;
    if (!token.empty()) page.emplace_back("NextToken", token);
    return read(client.query(operation, page));
  });
}

void check_root(const XmlAnswer& answer, const Reply& reply, std::string_view wanted) {
  if (answer.root().name == wanted) return;
  refuse(reply,
         "expected <" + std::string(wanted) + ">, but the answer is <" +
             std::string(answer.root().name.substr(0, 60)) + ">");
}

const XmlNode& result_in(const XmlAnswer& answer, const Reply& reply, const Operation& operation) {
  const std::string call(operation.name);
  check_root(answer, reply, call + "Response");
  return list_in(answer.root(), reply, call + "Result");
}

const XmlNode& list_in(const XmlNode& node, const Reply& reply, const std::string& name) {
  const XmlNode* list = node.find(name);
  if (list == nullptr) refuse(reply, "the answer has no <" + name + ">");
  return *list;
}

std::string text_of(const XmlNode& node, std::string_view name, std::size_t most) {
  return std::string(cut_utf8(node.text(name), most));
}

std::string text_in(const XmlNode& node,
                    const Reply& reply,
                    const std::string& name,
                    std::size_t most) {
  std::string text = text_of(node, name, most);
  if (text.empty()) refuse(reply, "an entry of the answer has no <" + name + ">");
  return text;
}

std::uint64_t number_in(const XmlNode& node, const Reply& reply, const std::string& name) {
  const auto number = parse_integer(text_in(node, reply, name));
  if (!number || *number < 0) refuse(reply, "the answer has a <" + name + "> that is no number");
  return static_cast<std::uint64_t>(*number);
}

Tags tags_of(const std::vector<XmlNode>& items, std::string_view key, std::string_view value) {
  Tags tags;
  for (const XmlNode& tag : items) {
    tags.emplace_back(text_of(tag, key, most_tag_text), text_of(tag, value, most_tag_text));
  }
  std::sort(tags.begin(), tags.end());
  const auto alike =
      std::unique(tags.begin(), tags.end(), [](auto& a, auto& b) { return a.first == b.first; });
  tags.erase(alike, tags.end());  // keys that only cleaning made the same
  return tags;
}

}  // namespace patchbot::aws
