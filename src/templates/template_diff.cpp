// SPDX-License-Identifier: Apache-2.0
#include "templates/template_diff.hpp"

#include <algorithm>
#include <unordered_map>

#include "templates/list_alignment.hpp"
#include "templates/list_items.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

using Kind = TemplateChange::Kind;
using Members = std::unordered_map<std::string_view, const TemplateNode*>;

std::string value_of(const TemplateNode& node) {
  if (node.is_scalar()) return node.text;
  return node.is_map() ? "{}" : "[]";
}

Members members_of(const TemplateNode& map) {
  Members members;
  for (const TemplateNode::Member& member : map.members) members.emplace(member.key, &member.value);
  return members;
}

// Most of two versions is the same, in the same order: that is seen without any look-up or path.
bool is_same(const TemplateNode& base, const TemplateNode& head) {
  const auto same_member = [](const TemplateNode::Member& a, const TemplateNode::Member& b) {
    return a.key == b.key && is_same(a.value, b.value);
  };
  return base.kind == head.kind && base.text == head.text &&
         std::equal(
             base.items.begin(), base.items.end(), head.items.begin(), head.items.end(), is_same) &&
         std::equal(base.members.begin(),
                    base.members.end(),
                    head.members.begin(),
                    head.members.end(),
                    same_member);
}

class Diff {
 public:
  std::vector<TemplateChange> changes;

  void compare(const TemplateNode& base, const TemplateNode& head, const std::string& path) {
    if (!is_same(base, head)) differ(base, head, path);
  }

  void each_value(const TemplateNode& node, const std::string& path, Kind kind) {
    if (node.is_scalar() || node.is_empty()) {
      const bool added = kind == Kind::added;
      changes.push_back({kind,
                         path,
                         node.place,
                         added ? std::string() : value_of(node),
                         added ? value_of(node) : std::string()});
    }
    for (const TemplateNode::Member& member : node.members) {
      each_value(member.value, below(path, member.key), kind);
    }
    const auto paths = item_paths(node.items, path);
    for (std::size_t i = 0; i < paths.size(); ++i) each_value(node.items[i], paths[i], kind);
  }

 private:
  void differ(const TemplateNode& base, const TemplateNode& head, const std::string& path) {
    if (base.kind != head.kind || base.is_empty() || head.is_empty())
      return replace(base, head, path);
    if (base.is_map()) return compare_maps(base, head, path);
    if (base.is_list()) return compare_lists(base, head, path);
    changes.push_back({Kind::changed, path, head.place, base.text, head.text});
  }

  // One kind of value in the place of another; an empty one in the place of a full one.
  void replace(const TemplateNode& base, const TemplateNode& head, const std::string& path) {
    const bool both_empty = base.is_empty() && head.is_empty();
    if (both_empty && base.kind == head.kind) return;
    if ((base.is_scalar() || base.is_empty()) && (head.is_scalar() || head.is_empty())) {
      changes.push_back({Kind::changed, path, head.place, value_of(base), value_of(head)});
      return;
    }
    each_value(base, path, Kind::removed);
    each_value(head, path, Kind::added);
  }

  void compare_maps(const TemplateNode& base, const TemplateNode& head, const std::string& path) {
    const Members old = members_of(base);
    const Members now = members_of(head);
    for (const TemplateNode::Member& member : head.members) {
      const auto before = old.find(member.key);
      if (before == old.end()) {
        each_value(member.value, below(path, member.key), Kind::added);
      } else if (!is_same(*before->second, member.value)) {
        differ(*before->second, member.value, below(path, member.key));
      }
    }
    for (const TemplateNode::Member& member : base.members) {
      if (!now.contains(member.key)) {
        each_value(member.value, below(path, member.key), Kind::removed);
      }
    }
  }

  // Of items that are found by their identities, and whose order means something.
  void compare_order(const TemplateNode& base,
                     const TemplateNode& head,
                     const std::vector<AlignedItems>& pairs,
                     const std::string& path) {
    std::vector<std::size_t> places;
    for (const AlignedItems& pair : pairs) {
      if (pair.base && pair.head) places.push_back(*pair.base);
    }
    if (std::is_sorted(places.begin(), places.end()) || !is_ordered(head.items)) return;
    changes.push_back(
        {Kind::changed, path, head.place, order_of(base.items), order_of(head.items)});
  }

  static std::string order_of(const TemplateItems& items) {
    std::string order;
    for (const TemplateNode& item : items) {
      order += (order.empty() ? "in the order " : ", ") + identity_of(item);
    }
    return order;
  }

  void compare_lists(const TemplateNode& base, const TemplateNode& head, const std::string& path) {
    const auto base_paths = item_paths(base.items, path);
    const auto head_paths = item_paths(head.items, path);
    const auto pairs = align(base.items, head.items);
    compare_order(base, head, pairs, path);
    for (const AlignedItems& pair : pairs) {
      if (pair.base && pair.head) {
        compare(base.items[*pair.base], head.items[*pair.head], head_paths[*pair.head]);
      } else if (pair.base) {
        each_value(base.items[*pair.base], base_paths[*pair.base], Kind::removed);
      } else {
        each_value(head.items[*pair.head], head_paths[*pair.head], Kind::added);
      }
    }
  }
};

}  // namespace

std::string_view to_text(TemplateChange::Kind kind) {
  switch (kind) {
    case Kind::added: return "added";
    case Kind::removed: return "removed";
    case Kind::changed: break;
  }
  return "changed";
}

std::vector<TemplateChange> diff_templates(const TemplateNode& base, const TemplateNode& head) {
  Diff diff;
  diff.compare(base, head, "");
  return std::move(diff.changes);
}

std::vector<TemplateChange> all_values(const TemplateNode& root, TemplateChange::Kind kind) {
  Diff diff;
  diff.each_value(root, "", kind);
  return std::move(diff.changes);
}

}  // namespace patchbot
