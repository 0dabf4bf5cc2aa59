// SPDX-License-Identifier: Apache-2.0
#include "services/aws/ec2_images.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "model/inventory.hpp"
#include "services/aws/query_answer.hpp"

namespace patchbot::aws {
namespace {

constexpr std::size_t values_per_question = 200;  // the most that one filter takes
constexpr int images_per_page = 1000;             // likewise
constexpr std::size_t most_images = 50'000;

Image read_image(const XmlNode& item) {
  Image image;
  image.id = text_of(item, "imageId");
  image.name = text_of(item, "name");
  image.owner = text_of(item, "imageOwnerId");
  image.owner_alias = text_of(item, "imageOwnerAlias");
  image.created = parse_rfc3339(text_of(item, "creationDate"));
  image.deprecated_at = parse_rfc3339(text_of(item, "deprecationTime"));
  image.state = text_of(item, "imageState");
  image.state_reason = text_of(item, "stateReason/message");
  image.architecture = text_of(item, "architecture");
  image.platform = text_of(item, "platformDetails");
  image.source = text_of(item, "sourceImageId");
  const std::string open = text_of(item, "isPublic");
  if (!open.empty()) image.is_public = open == "true";
  return image;
}

std::string tag_of(const XmlNode& item, const std::string& name) {
  const Tags tags = tags_of(item.items("tagSet"), "key", "value");
  const std::string* const found = find_tag(tags, name);
  return found == nullptr ? std::string() : *found;
}

// The token of the next page; empty at the end. The value of `tag` is the family.
std::string add_images(const Reply& reply,
                       std::vector<Image>& images,
                       const std::string& tag = {}) {
  const XmlAnswer answer(reply);
  check_root(answer, reply, "DescribeImagesResponse");
  for (const XmlNode& item : list_in(answer.root(), reply, "imagesSet").children) {
    images.push_back(read_image(item));
    if (images.back().id.empty()) throw Error(Blame::remote, reply.label + ": an image has no id");
    if (!tag.empty()) images.back().tagged_family = tag_of(item, tag);
  }
  if (images.size() > most_images)
    throw Error(Blame::remote, reply.label + ": more than 50,000 images");
  return answer.root().text("nextToken");
}

template <class Ask>
void in_portions(const std::vector<std::string>& values, const Ask& ask) {
  for (std::size_t start = 0; start < values.size(); start += values_per_question) {
    const auto first = values.begin() + static_cast<std::ptrdiff_t>(start);
    const auto count = std::min(values_per_question, values.size() - start);
    ask(std::vector<std::string>(first, first + static_cast<std::ptrdiff_t>(count)));
  }
}

// Plain: EC2 takes * and ? in a filter for any characters.
std::string plain(std::string_view text) {
  std::string pattern;
  for (const char c : text) {
    if (c == '*' || c == '?' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern;
}

}  // namespace

std::vector<Image> images_by_id(Client& client, const std::vector<std::string>& ids) {
  std::vector<Image> images;
  in_portions(ids, [&](const std::vector<std::string>& portion) {
    // By a filter: an id that is gone would make the whole call fail.
    Form form{{"IncludeDeprecated", "true"}, {"IncludeDisabled", "true"}};
    add_filter(form, 1, "image-id", portion);
    add_images(client.query(describe_images, form), images);
  });
  return images;
}

std::unordered_map<std::string, std::string> image_names(Client& client,
                                                         const std::vector<std::string>& ids) {
  std::unordered_map<std::string, std::string> names;
  for (Image& image : images_by_id(client, ids)) names[image.id] = std::move(image.name);
  return names;
}

std::vector<Image> images_of_owners(Client& client,
                                    const std::vector<std::string>& owners,
                                    const std::vector<std::string>& name_patterns) {
  std::vector<Image> images;
  const auto ask = [&](const std::vector<std::string>& patterns) {
    Form form{{"MaxResults", std::to_string(images_per_page)}};
    for (std::size_t i = 0; i < owners.size(); ++i) {
      form.emplace_back("Owner." + std::to_string(i + 1), owners[i]);
    }
    add_filter(form, 1, "name", patterns);
    query_pages(client, describe_images, form, [&images](const Reply& reply) {
      return add_images(reply, images);
    });
  };
  if (owners.empty()) return images;
  if (name_patterns.empty()) {
    ask({});
  } else {
    in_portions(name_patterns, ask);
  }
  return images;
}

std::vector<Image> images_with_tag(Client& client,
                                   const std::string& owner,
                                   const std::string& tag) {
  std::vector<Image> images;
  Form form{{"MaxResults", std::to_string(images_per_page)}, {"Owner.1", owner}};
  add_filter(form, 1, "tag-key", {plain(tag)});
  query_pages(client, describe_images, form, [&](const Reply& reply) {
    return add_images(reply, images, tag);
  });
  return images;
}

std::string name_pattern(const std::string& name) {
  const std::string family = ami_family(name);
  const auto differ = std::mismatch(name.begin(), name.end(), family.begin(), family.end()).second;
  std::string common(family.begin(), differ);
  // Behind a number that was left out, its digits may begin as those of the next part do.
  if (differ != family.end()) common.resize(common.find_last_of("-_. ") + 1);
  if (!common.empty()) return plain(common) + "*";
  return "*" + plain(family.substr(0, family.find_first_of("-_. "))) + "*";
}

}  // namespace patchbot::aws
