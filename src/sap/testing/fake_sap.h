// A scripted SAP for tests of the protocol: books in memory, and one fault at any call.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "abap/channel.h"

namespace mlc::sap::testing {

using Cells = std::map<std::string, std::string, std::less<>>;

// Books that outlive sessions. What POST opened is written by COMMIT and lost with its session.
class FakeSap final : public abap::Channel {
 public:
  FakeSap();
  [[nodiscard]] Result<std::unique_ptr<abap::Session>> open() override;

  // Breaks the call with this number (from 0, over all sessions); `after` executes it first.
  void break_call(int index, bool after);
  // The names of all calls so far, RFC_READ_TABLE with its table ("RFC_READ_TABLE BKPF").
  [[nodiscard]] const std::vector<std::string>& calls() const { return calls_; }
  [[nodiscard]] int count(std::string_view function) const;

  std::map<std::string, std::vector<Cells>> tables;  // T000, TCURX, BKPF, BSEG, VBHDR
  // RETURN rows of a function's nth call (from 1); E or A rows execute nothing.
  std::map<std::pair<std::string, int>, abap::Table> returns;
  // Raised as an ABAP exception when this table is read.
  std::map<std::string, std::string, std::less<>> table_exceptions;
  // Changes a document's header when it is posted (a substitution).
  std::function<void(Cells& header)> substitute;
  // Runs before each call with its name; may change anything, also reopen the session.
  std::function<void(const std::string& name)> before_call;
  bool lose_commits = false;  // COMMIT answers well and writes nothing yet (a late update)
  std::uint64_t generation = 1;

 private:
  friend class FakeSession;
  struct Pending {
    Cells header;
    std::vector<Cells> lines;
  };
  [[nodiscard]] Result<abap::Structure> execute(std::string_view function,
                                                const abap::Structure& arguments);
  [[nodiscard]] Result<abap::Structure> read_table(const abap::Structure& arguments) const;
  [[nodiscard]] abap::Structure post(const abap::Structure& arguments);
  [[nodiscard]] abap::Structure reverse(const abap::Structure& arguments);
  void commit();
  std::vector<std::string> calls_;
  std::vector<Pending> pending_;
  std::vector<std::string> pending_reversals_;
  int next_number_ = 1;
  int break_index_ = -1;
  bool break_after_ = false;
};

// A row of RETURN.
[[nodiscard]] abap::Structure message(char type, std::string id, std::string number,
                                      std::string text = "text");

}  // namespace mlc::sap::testing
