// SPDX-License-Identifier: Apache-2.0
#include "formats/vex/csaf_products.hpp"

#include "base/utf8.hpp"
#include "formats/vex/readers.hpp"

namespace patchbot {

CsafProducts::CsafProducts(const Node& tree, std::vector<VexProduct>& products)
    : products_(products) {
  for (const Node product : tree["full_product_names"].items()) add(product, {});
  walk(tree["branches"], {});
  for (const Node relationship : tree["relationships"].items()) add_relationship(relationship);
  for (const Node group : tree["product_groups"].items()) {
    add_vex_names(groups_[group["group_id"].line()], group["product_ids"]);
  }
}

// Deep trees were refused when the document was read.
void CsafProducts::walk(const Node& branches, const Branch& around) {
  for (const Node branch : branches.items()) {
    Branch here = around;
    const std::string category = branch["category"].line();
    const std::string name = branch["name"].line(300);
    if (category == "product_name") {
      here.name = name;
    } else if (category == "product_version") {
      here.version = name;
    } else if (category == "product_version_range") {
      here.version = name;
      here.is_vague = true;
    } else if (category != "vendor" && category != "product_family") {
      here.is_vague = true;  // an architecture, a language, a patch level
    }
    if (branch["product"]) add(branch["product"], here);
    walk(branch["branches"], here);
  }
}

void CsafProducts::add(const Node& node, const Branch& around) {
  VexProduct product;
  product.text = node["name"].line(300);
  const Node helper = node["product_identification_helper"];
  for (const char* const key : {"purl", "purls", "cpe"}) {
    for (const Node identifier : helper[key].items()) add_identifier(product, identifier);
  }
  // A CPE that names no application stands for a platform, whatever that is called.
  if (!product.is_known() && !helper["cpe"]) {
    product.name = around.name.empty() ? product.text : around.name;
    product.version = around.name.empty() ? "" : around.version;
    product.is_vague = around.is_vague;
  }
  by_id_.emplace(node["product_id"].line(), VexSubject{products_.size(), {}});
  products_.push_back(std::move(product));
}

// A product inside of another one that is itself inside of a third is nothing that a finding shows.
void CsafProducts::add_relationship(const Node& node) {
  const VexSubject inner = find(node["product_reference"].line());
  const VexSubject outer = find(node["relates_to_product_reference"].line());
  by_id_.emplace(node["full_product_name"]["product_id"].line(),
                 VexSubject{outer.component ? find("").product : outer.product,
                            inner.component.value_or(inner.product)});
}

VexSubject CsafProducts::find(const std::string& id) {
  const auto found = by_id_.find(id);
  if (found != by_id_.end()) return found->second;
  VexProduct stranger;
  stranger.text = cut_utf8(id, 300);
  const VexSubject subject{products_.size(), {}};
  products_.push_back(std::move(stranger));
  by_id_.emplace(id, subject);
  return subject;
}

const std::vector<std::string>& CsafProducts::group(const std::string& id) const {
  static const std::vector<std::string> none;
  const auto found = groups_.find(id);
  return found == groups_.end() ? none : found->second;
}

}  // namespace patchbot
