// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/secret.hpp"
#include "model/inventory.hpp"
#include "net/http.hpp"
#include "net/retry.hpp"

namespace patchbot {

/// Netflix Security Monkey 1.x, which watches AWS accounts and remembers what it saw. Its lists are
/// as old as its last look, and nothing tells how old that is. All calls throw Error(remote).
class SecurityMonkey {
 public:
  struct Account {
    std::string name;
    std::string id;  ///< the 12 digits
  };
  struct Item {
    std::string number;
    std::string name;  ///< "<Name tag>(i-...)"
    std::string account;
    std::string region;
  };

  SecurityMonkey(Transport& transport, Clock& clock, std::string url, Patience patience);

  /// A session as that user. Without it, only a server that a proxy signs us in to answers.
  void login(const std::string& user, const Secret& password);

  std::vector<Account> accounts();

  /// The EC2 instances that it believes to exist; `accounts` by name, none for all.
  std::vector<Item> instances(const std::vector<std::string>& accounts);

  /// The machine as it was last seen. May be called from several threads.
  Target machine(const Item& item, const std::string& account_id);

 private:
  HttpResponse get(const std::string& path);
  HttpRequest request_for(const std::string& method, const std::string& path) const;
  void keep_cookies(const HttpResponse& response);
  std::string newest_revision(const Item& item);

  Transport& transport_;
  Clock& clock_;
  std::string url_;
  Patience patience_;
  std::map<std::string, std::string> cookies_;
};

}  // namespace patchbot
