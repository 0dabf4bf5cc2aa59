// SPDX-License-Identifier: Apache-2.0
#include "services/aws/cloudformation.hpp"

#include "base/error.hpp"
#include "formats/xml_text.hpp"
#include "services/aws/query_answer.hpp"

namespace patchbot::aws {
namespace {

constexpr std::size_t most_stacks = 20'000;
constexpr std::size_t most_reason = 4096;
constexpr std::size_t most_value = 4096;                             // of a parameter
constexpr std::size_t most_template = std::size_t{2} * 1024 * 1024;  // 1 MB is what AWS takes

Stack read_stack(const XmlNode& item, const Reply& reply) {
  Stack stack;
  stack.name = text_in(item, reply, "StackName");
  stack.id = text_in(item, reply, "StackId");
  stack.status = text_in(item, reply, "StackStatus");
  stack.reason = text_of(item, "StackStatusReason", most_reason);
  stack.parent = text_of(item, "ParentId");
  stack.created_at = parse_rfc3339(text_of(item, "CreationTime"));
  stack.updated_at = parse_rfc3339(text_of(item, "LastUpdatedTime"));
  // A stack without parameters has no list of them: CloudFormation is not like the others here.
  for (const XmlNode& parameter : item.items("Parameters")) {
    stack.parameters.push_back({text_in(parameter, reply, "ParameterKey"),
                                text_of(parameter, "ParameterValue", most_value),
                                text_of(parameter, "ResolvedValue", most_value)});
  }
  stack.tags = tags_of(item.items("Tags"), "Key", "Value");
  return stack;
}

// The token of the next page; empty at the end.
std::string add_stacks(const Reply& reply, std::vector<Stack>& stacks) {
  const XmlAnswer answer(reply);
  const XmlNode& result = result_in(answer, reply, describe_stacks);
  for (const XmlNode& item : list_in(result, reply, "Stacks").children) {
    Stack stack = read_stack(item, reply);
    // A change set that would make it was never executed, so that nothing of it exists.
    if (stack.status != "REVIEW_IN_PROGRESS") stacks.push_back(std::move(stack));
  }
  if (stacks.size() > most_stacks)
    throw Error(Blame::remote, reply.label + ": more than 20,000 stacks");
  return result.text("NextToken");
}

}  // namespace

std::vector<Stack> stacks(Client& client) {
  std::vector<Stack> found;
  query_pages(client, describe_stacks, {}, [&found](const Reply& reply) {
    return add_stacks(reply, found);
  });
  return found;
}

std::string template_body(Client& client, const std::string& stack) {
  const Reply reply =
      client.query(get_template, {{"StackName", stack}, {"TemplateStage", "Original"}});
  const XmlAnswer answer(reply);
  const XmlNode& result = result_in(answer, reply, get_template);
  std::string body = decode_xml(list_in(result, reply, "TemplateBody").raw);
  if (body.empty()) throw Error(Blame::remote, reply.label + ": the template is empty");
  if (body.size() > most_template)
    throw Error(Blame::remote, reply.label + ": the template is larger than 2 MiB");
  return body;
}

}  // namespace patchbot::aws
