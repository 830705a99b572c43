// Settlements, documents, guarded units, holders and facts, for every store.
#include <thread>

#include "store/store_contract_test.h"

namespace mlc::store {
namespace {

using ports::StoreTransaction;

const WorkId kWork1{"work-1"};
const WorkId kWork2{"work-2"};

void expect_equal(const ports::SettlementRecord& found, const ports::SettlementRecord& wanted) {
  EXPECT_EQ(found.connection, wanted.connection);
  EXPECT_EQ(found.selling_account, wanted.selling_account);
  EXPECT_EQ(found.source, wanted.source);
  EXPECT_EQ(found.report_id, wanted.report_id);
  EXPECT_EQ(found.report_document_id, wanted.report_document_id);
  EXPECT_EQ(found.file_name, wanted.file_name);
  EXPECT_EQ(found.found_at, wanted.found_at);
  EXPECT_EQ(found.received_object, wanted.received_object);
  EXPECT_EQ(found.content_type, wanted.content_type);
  EXPECT_EQ(found.request_id, wanted.request_id);
  EXPECT_EQ(found.holds_id, wanted.holds_id);
  EXPECT_EQ(found.rows, wanted.rows);
  EXPECT_EQ(found.layout, wanted.layout);
  EXPECT_EQ(found.charset, wanted.charset);
  EXPECT_EQ(found.unknown_columns, wanted.unknown_columns);
  EXPECT_EQ(found.lineage, wanted.lineage);
  EXPECT_EQ(found.rules_digest, wanted.rules_digest);
  EXPECT_EQ(found.company_code, wanted.company_code);
  EXPECT_EQ(found.revision, wanted.revision);
  EXPECT_EQ(found.manifest_hash, wanted.manifest_hash);
  EXPECT_EQ(found.posted, wanted.posted);
  EXPECT_EQ(found.netted, wanted.netted);
  EXPECT_EQ(found.excluded, wanted.excluded);
  EXPECT_EQ(found.adoption, wanted.adoption);
  EXPECT_EQ(found.approved_hash, wanted.approved_hash);
  EXPECT_EQ(found.approved_by, wanted.approved_by);
  EXPECT_EQ(found.approved_at, wanted.approved_at);
}

TEST_P(StoreContract, PutSettlement_AllFields_AreReadBack) {
  auto wanted = settlement_record("1", "28471003921");
  wanted.holds_id = true;
  in_transaction([&](StoreTransaction& t) { must(t.put_settlement(wanted)); });
  auto transaction = must(store().begin());
  const auto found = must(transaction->settlement(tenant(), kWork1));
  expect_equal(found, wanted);
  ASSERT_TRUE(found.object.has_value());
  EXPECT_EQ(found.object->size, 5'000'000'000U);
  EXPECT_EQ(found.object->frames, 7U);
  ASSERT_TRUE(found.header.has_value());
  EXPECT_EQ(found.header->id.str(), "28471003921");
  EXPECT_EQ(found.header->start, at(-1000));
  EXPECT_EQ(found.header->end, at(-10));
  EXPECT_EQ(found.header->deposit, at(0));
  EXPECT_EQ(found.header->total.decimal(), "-1234567890.05");
  EXPECT_EQ(found.header->total.currency().code(), "USD");
}

TEST_P(StoreContract, PutSettlement_JustFound_HasNeitherObjectNorHeader) {
  ports::SettlementRecord wanted;
  wanted.tenant = tenant();
  wanted.work = kWork1;
  in_transaction([&](StoreTransaction& t) { must(t.put_settlement(wanted)); });
  auto transaction = must(store().begin());
  const auto found = must(transaction->settlement(tenant(), kWork1));
  EXPECT_FALSE(found.object.has_value());
  EXPECT_FALSE(found.header.has_value());
  EXPECT_FALSE(found.approved_at.has_value());
  EXPECT_EQ(found.revision, 'A');
}

TEST_P(StoreContract, PutSettlement_Again_Replaces) {
  auto record = settlement_record("1", "5");
  in_transaction([&](StoreTransaction& t) { must(t.put_settlement(record)); });
  record.header.reset();
  record.company_code = "2000";
  in_transaction([&](StoreTransaction& t) { must(t.put_settlement(record)); });
  auto transaction = must(store().begin());
  const auto list = must(transaction->list_settlements(tenant()));
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].company_code, "2000");
  EXPECT_FALSE(list[0].header.has_value());
}

TEST_P(StoreContract, Settlement_Unknown_IsNotFound) {
  auto transaction = must(store().begin());
  EXPECT_EQ(error_of(transaction->settlement(tenant(), kWork1)), "store.settlement_not_found");
}

TEST_P(StoreContract, SettlementId_HeldByAnother_IsRefusedUntilItIsLetGo) {
  auto first = settlement_record("1", "5");
  first.holds_id = true;
  in_transaction([&](StoreTransaction& t) { must(t.put_settlement(first)); });
  auto second = settlement_record("2", "5");
  in_transaction([&](StoreTransaction& t) { must(t.put_settlement(second)); });
  second.holds_id = true;
  {
    auto transaction = must(store().begin());
    const auto refused = transaction->put_settlement(second);
    ASSERT_EQ(error_of(refused), "store.settlement_id_held");
    EXPECT_EQ(refused.error().fact("holder"), "work-1");
    EXPECT_FALSE(must(transaction->settlement(tenant(), kWork2)).holds_id);
  }
  in_transaction([&](StoreTransaction& t) {
    first.holds_id = false;
    must(t.put_settlement(first));
    must(t.put_settlement(second));
  });
  auto transaction = must(store().begin());
  EXPECT_EQ(must(transaction->settlement_holder(tenant(), "A1SELLER", SettlementId("5")))->work,
            kWork2);
}

TEST_P(StoreContract, SettlementId_OtherAccountOrTenant_IsAnotherSettlement) {
  for (const auto& [name, account] :
       {std::pair{"acme", "A1SELLER"}, {"acme", "A2SELLER"}, {"other", "A1SELLER"}}) {
    auto record = settlement_record(std::string(name) + account, "5");
    record.tenant = TenantId(name);
    record.selling_account = account;
    record.holds_id = true;
    in_transaction([&](StoreTransaction& t) { must(t.put_settlement(record)); });
  }
  auto transaction = must(store().begin());
  EXPECT_EQ(must(transaction->list_settlements(tenant())).size(), 2U);
  EXPECT_FALSE(
      must(transaction->settlement_holder(tenant(), "A3SELLER", SettlementId("5"))).has_value());
}

TEST_P(StoreContract, Classes_PutAgain_ReplaceAndKeepTheirOrder) {
  const auto usd = must(ledger::Currency::from_code("USD"));
  const auto total = [&](const std::string& description, ledger::Sign sign, std::int64_t minor) {
    return ledger::ClassTotal{
        {"Order", "ItemFees", description, "Amazon.com", "AFN", "SKU-1", sign, "2026-1"},
        3,
        ledger::Money::from_minor(minor, usd)};
  };
  const std::vector<ledger::ClassTotal> wanted{total("Z", ledger::Sign::kNegative, -101),
                                               total("A", ledger::Sign::kPositive, 7),
                                               total("M", ledger::Sign::kZero, 0)};
  in_transaction([&](StoreTransaction& t) {
    must(t.put_classes(tenant(), kWork1, {wanted[0], wanted[0], wanted[0], wanted[0]}));
    must(t.put_classes(tenant(), kWork1, wanted));
  });
  auto transaction = must(store().begin());
  const auto found = must(transaction->classes(tenant(), kWork1));
  ASSERT_EQ(found.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_EQ(found[i].row_class, wanted[i].row_class);
    EXPECT_EQ(found[i].rows, wanted[i].rows);
    EXPECT_EQ(found[i].sum, wanted[i].sum);
  }
  EXPECT_TRUE(must(transaction->classes(tenant(), kWork2)).empty());
}

TEST_P(StoreContract, Manifest_PerRevision_IsReplacedUntilADocumentIsInSap) {
  auto document = document_record("1", "01");
  in_transaction([&](StoreTransaction& t) {
    must(t.put_manifest(tenant(), kWork1, 'A', "first"));
    must(t.put_document(document));
    must(t.put_manifest(tenant(), kWork1, 'A', "second"));
    must(t.put_manifest(tenant(), kWork1, 'B', "other"));
  });
  document.number = ledger::DocumentNumber{"1000", "0100000001", "2026"};
  in_transaction([&](StoreTransaction& t) {
    EXPECT_EQ(must(t.manifest(tenant(), kWork1, 'A')), "second");
    must(t.put_document(document));
    must(t.put_manifest(tenant(), kWork1, 'A', "second"));
    EXPECT_EQ(error_of(t.put_manifest(tenant(), kWork1, 'A', "third")), "store.manifest_posted");
    EXPECT_EQ(error_of(t.drop_documents(tenant(), kWork1, 'A')), "store.document_posted");
  });
  auto transaction = must(store().begin());
  EXPECT_EQ(must(transaction->manifest(tenant(), kWork1, 'A')), "second");
  EXPECT_EQ(must(transaction->manifest(tenant(), kWork1, 'B')), "other");
  EXPECT_EQ(must(transaction->manifest(tenant(), kWork1, 'C')), std::nullopt);
}

TEST_P(StoreContract, ReplaceManifest_OfPostedDocuments_TakesTheirPlace) {
  auto numbered = document_record("1", "01");
  numbered.number = ledger::DocumentNumber{"1000", "1900000001", "2026"};
  auto later = document_record("1", "02");
  later.revision = 'B';
  in_transaction([&](StoreTransaction& t) {
    must(t.put_manifest(tenant(), kWork1, 'A', "planned"));
    must(t.put_document(numbered));
    must(t.put_document(later));
    must(t.replace_manifest(tenant(), kWork1, 'A', "as SAP has it"));
  });
  auto transaction = must(store().begin());
  EXPECT_EQ(must(transaction->manifest(tenant(), kWork1, 'A')), "as SAP has it");
  const auto left = must(transaction->documents(tenant(), kWork1));
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left.front().revision, 'B');
}

TEST_P(StoreContract, RuleBooks_OfAConnection_AreKeptOnceAndForEver) {
  const ConnectionId us("us");
  const auto book = [](const char* connection, const char* digest, int second) {
    return ports::RuleBookRecord{tenant(), ConnectionId(connection), digest,
                                 std::string("rules\tof ") + digest, at(second)};
  };
  in_transaction([&](StoreTransaction& t) {
    must(t.put_rule_book(book("us", "d1", 1)));
    must(t.put_rule_book(book("us", "d2", 2)));
    must(t.put_rule_book(book("eu", "d3", 3)));
    must(t.put_rule_book(book("us", "d1", 9)));  // used again: its first use stays
  });
  auto transaction = must(store().begin());
  EXPECT_EQ(must(transaction->rule_book(tenant(), us, "d1")), book("us", "d1", 1));
  EXPECT_FALSE(must(transaction->rule_book(tenant(), us, "d3")).has_value());
  EXPECT_FALSE(must(transaction->rule_book(TenantId("other"), us, "d1")).has_value());
  const auto all = must(transaction->rule_books(tenant(), us));
  EXPECT_EQ(all, (std::vector{book("us", "d2", 2), book("us", "d1", 1)}));
}

TEST_P(StoreContract, Documents_AllFields_AreReadBackByWorkKeyAndNumber) {
  auto second = document_record("1", "02");
  auto first = document_record("1", "01");
  first.outcome = "posted";
  first.number = ledger::DocumentNumber{"1000", "0100000001", "2026"};
  first.reversed_by = ledger::DocumentNumber{"1000", "0100000009", "2027"};
  first.confirmed_at = at(3);
  in_transaction([&](StoreTransaction& t) {
    must(t.put_document(second));
    must(t.put_document(first));
  });
  auto transaction = must(store().begin());
  const auto all = must(transaction->documents(tenant(), kWork1));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].key, first.key);
  EXPECT_EQ(all[1].number, std::nullopt);
  const auto found = must(transaction->document_by_number(tenant(), *first.number));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->key, first.key);
  EXPECT_EQ(found->part, "01");
  EXPECT_EQ(found->revision, 'A');
  EXPECT_EQ(found->company_code, "1000");
  EXPECT_EQ(found->receivable, "-99.10");
  EXPECT_EQ(found->currency, "USD");
  EXPECT_EQ(found->items, 900U);
  EXPECT_EQ(found->outcome, "posted");
  EXPECT_EQ(found->number, first.number);
  EXPECT_EQ(found->reversed_by, first.reversed_by);
  EXPECT_EQ(found->confirmed_at, at(3));
  EXPECT_EQ(must(transaction->document_by_key(tenant(), second.key))->part, "02");
  EXPECT_FALSE(must(transaction->document_by_key(TenantId("other"), second.key)).has_value());
}

TEST_P(StoreContract, DocumentByKey_TwoFilesPlanTheSameKey_PrefersWhatIsInSapThenWhoHoldsTheId) {
  auto holder = settlement_record("2", "20612345671");
  holder.holds_id = true;
  in_transaction([&](StoreTransaction& t) {
    must(t.put_document(document_record("1", "01")));
    must(t.put_document(document_record("2", "01")));
    must(t.put_settlement(holder));
  });
  const std::string key = document_record("1", "01").key;
  const auto work = [&] {
    auto transaction = must(store().begin());
    return must(transaction->document_by_key(tenant(), key))->work;
  };
  EXPECT_EQ(work(), kWork2);
  auto posted = document_record("1", "01");
  posted.number = ledger::DocumentNumber{"1000", "0100000001", "2026"};
  in_transaction([&](StoreTransaction& t) { must(t.put_document(posted)); });
  EXPECT_EQ(work(), kWork1);
}

TEST_P(StoreContract, DropDocuments_OfOneRevision_KeepsTheOthers) {
  auto next = document_record("1", "01");
  next.revision = 'B';
  next.key = "20612345671-01B";
  in_transaction([&](StoreTransaction& t) {
    must(t.put_document(document_record("1", "01")));
    must(t.put_document(next));
    must(t.drop_documents(tenant(), kWork1, 'A'));
  });
  auto transaction = must(store().begin());
  const auto left = must(transaction->documents(tenant(), kWork1));
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].revision, 'B');
}

TEST_P(StoreContract, Control_NewestConfirmation_Counts) {
  const auto control = [](const std::string& number) {
    return ports::PositiveControl{{"1000", number, "2026"}, "REF " + number};
  };
  in_transaction([&](StoreTransaction& t) {
    EXPECT_FALSE(must(t.newest_confirmed(tenant(), identity(), "1000")).has_value());
    must(t.put_control(tenant(), identity(), "1000", control("1"), at(5)));
    must(t.put_control(tenant(), identity(), "1000", control("2"), at(9)));
    must(t.put_control(tenant(), identity(), "1000", control("3"), at(7)));
    must(t.put_control(tenant(), identity(), "2000", control("4"), at(20)));
  });
  auto transaction = must(store().begin());
  const auto found = must(transaction->newest_confirmed(tenant(), identity(), "1000"));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->number.number, "2");
  EXPECT_EQ(found->reference, "REF 2");
  auto elsewhere = identity();
  elsewhere.client = "200";
  EXPECT_FALSE(must(transaction->newest_confirmed(tenant(), elsewhere, "1000")).has_value());
}

TEST_P(StoreContract, Intents_TheLatestWritten_IsFound) {
  const auto intent = [](const std::string& unit, const std::string& hash) {
    return ports::IntentRecord{tenant(),   UnitId(unit), kWork1, "post",
                               identity(), "1000",       hash,   at(2)};
  };
  in_transaction([&](StoreTransaction& t) {
    EXPECT_FALSE(must(t.latest_intent(tenant(), kWork1)).has_value());
    must(t.put_intent(intent("u1", "h1")));
    must(t.put_intent(intent("u2", "h2")));
    must(t.put_intent(intent("u1", "h1")));
  });
  auto transaction = must(store().begin());
  const auto found = must(transaction->latest_intent(tenant(), kWork1));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->unit.str(), "u1") << "the same unit may be sent again after proved absence";
  EXPECT_EQ(found->kind, "post");
  EXPECT_EQ(found->identity, identity());
  EXPECT_EQ(found->company_code, "1000");
  EXPECT_EQ(found->content_hash, "h1");
  EXPECT_EQ(found->at, at(2));
}

TEST_P(StoreContract, Journal_EveryStep_InOrderOfWriting) {
  using enum ports::JournalStep;
  const std::vector<ports::JournalStep> steps{
      kStarted,   kLookedUp, kChecked,   kPostSent, kCommitAboutToBeSent,
      kCommitted, kReadBack, kRolledBack};
  in_transaction([&](StoreTransaction& t) {
    for (const auto step : steps) {
      must(t.add_journal(tenant(), {UnitId("u1"), step, at(1), "detail"}));
    }
    must(t.add_journal(tenant(), {UnitId("u2"), kStarted, at(0), ""}));
  });
  auto transaction = must(store().begin());
  const auto found = must(transaction->journal(tenant(), UnitId("u1")));
  ASSERT_EQ(found.size(), steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) EXPECT_EQ(found[i].step, steps[i]);
  EXPECT_EQ(found[0].detail, "detail");
  EXPECT_EQ(found[0].at, at(1));
}

TEST_P(StoreContract, LookUps_AllFields_AreReadBackInOrder) {
  using enum ports::ControlFinding;
  in_transaction([&](StoreTransaction& t) {
    for (const auto control : {kNotAsked, kFound, kMissing, kUnreadable}) {
      must(t.add_look_up({tenant(), kWork1, UnitId("u"), at(4), true, control, true, "nothing"}));
    }
  });
  auto transaction = must(store().begin());
  const auto found = must(transaction->look_ups(tenant(), UnitId("u")));
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[2].control, kMissing);
  EXPECT_EQ(found[2].work, kWork1);
  EXPECT_EQ(found[2].at, at(4));
  EXPECT_TRUE(found[2].same_identity);
  EXPECT_TRUE(found[2].update_records);
  EXPECT_EQ(found[2].finding, "nothing");
}

// One row per attempt on a lease of 60 s with 30 s of grace, taken by "one" at 0.
struct HolderCase {
  const char* what;
  int second;
  const char* owner;
  const char* holds;
  std::uint64_t counter;
};

TEST_P(StoreContract, Holder_TakenProlongedAndSucceeded) {
  const std::vector<HolderCase> cases{
      {"the first", 0, "one", "one", 1},
      {"another, during the lease", 10, "two", "one", 1},
      {"the holder prolongs", 20, "one", "one", 1},  // until 80
      {"another, during the grace", 109, "two", "one", 1},
      {"another, after the grace", 110, "two", "two", 2},  // until 170
      {"the old holder wakes up", 111, "one", "two", 2},
      {"the holder after its own lease", 175, "two", "two", 3},
  };
  for (const HolderCase& c : cases) {
    const auto found = in_transaction([&](StoreTransaction& t) {
      return must(t.acquire_holder({identity(), "1000", c.owner, at(c.second + 60), {}},
                                   at(c.second), std::chrono::seconds(30)));
    });
    EXPECT_EQ(found.owner, c.holds) << c.what;
    EXPECT_EQ(found.fence, (ports::Fence{store().epoch(), c.counter})) << c.what;
  }
  auto transaction = must(store().begin());
  const auto held = must(transaction->holder(identity(), "1000"));
  ASSERT_TRUE(held.has_value());
  EXPECT_EQ(held->owner, "two");
  EXPECT_EQ(held->lease_until, at(235));
  EXPECT_FALSE(must(transaction->holder(identity(), "2000")).has_value());
}

TEST_P(StoreContract, Holder_Released_IsFreeAfterTheGraceAndUnderAHigherFence) {
  const auto acquire = [&](const std::string& owner, const std::string& code, int second) {
    return in_transaction([&](StoreTransaction& t) {
      return must(t.acquire_holder({identity(), code, owner, at(second + 60), {}}, at(second),
                                   std::chrono::seconds(30)));
    });
  };
  const auto held = acquire("one", "1000", 0);
  EXPECT_EQ(acquire("two", "2000", 0).owner, "two");
  in_transaction([&](StoreTransaction& t) { must(t.release_holders("one", at(10))); });
  EXPECT_EQ(acquire("two", "1000", 39).owner, "one") << "its last call may still be on its way";
  const auto next = acquire("two", "1000", 40);
  EXPECT_EQ(next.owner, "two");
  EXPECT_GT(next.fence, held.fence);
  EXPECT_EQ(acquire("one", "2000", 41).owner, "two") << "what others hold stays theirs";
}

TEST_P(StoreContract, Holder_TwoConnectionsCompete_OneGetsIt) {
  ports::Store* second = fixture().again();
  if (second == nullptr) GTEST_SKIP() << "this store has one connection";
  const auto acquire = [](ports::Store& from, const std::string& owner, int round) {
    auto transaction = must(from.begin());
    const auto held = must(transaction->acquire_holder(
        {identity(), std::to_string(round), owner, at(60), {}}, at(0), std::chrono::seconds(1)));
    must(transaction->commit());
    return held.owner;
  };
  for (int round = 0; round < 20; ++round) {
    std::string left;
    std::string right;
    std::thread one([&] { left = acquire(store(), "left", round); });
    std::thread two([&] { right = acquire(*second, "right", round); });
    one.join();
    two.join();
    EXPECT_EQ(left, right) << "round " << round;
    EXPECT_TRUE(left == "left" || left == "right");
  }
}

TEST_P(StoreContract, Stops_PutAndLifted) {
  in_transaction([&](StoreTransaction& t) {
    must(t.put_stop({tenant(), identity(), "1000", stored_error(), at(1)}));
    must(t.put_stop({tenant(), identity(), "1000", stored_error(), at(2)}));
    must(t.put_stop({tenant(), identity(), "2000", stored_error(), at(3)}));
  });
  in_transaction([&](StoreTransaction& t) {
    const auto stops = must(t.stops(tenant()));
    ASSERT_EQ(stops.size(), 2U);
    EXPECT_EQ(stops[0].company_code, "1000");
    EXPECT_EQ(stops[0].identity, identity());
    EXPECT_EQ(stops[0].error, stored_error());
    EXPECT_EQ(stops[0].at, at(2));
    must(t.lift_stop(tenant(), identity(), "1000"));
    must(t.lift_stop(tenant(), identity(), "3000"));
  });
  auto transaction = must(store().begin());
  EXPECT_EQ(must(transaction->stops(tenant())).size(), 1U);
  EXPECT_TRUE(must(transaction->stops(TenantId("other"))).empty());
}

TEST_P(StoreContract, FactsAndBuckets_AreReplacedByName) {
  in_transaction([&](StoreTransaction& t) {
    EXPECT_EQ(must(t.fact(tenant(), "seen")), std::nullopt);
    must(t.put_fact(tenant(), "seen", "1"));
    must(t.put_fact(tenant(), "seen", "2"));
    must(t.put_bucket({"b", "x"}));
    must(t.put_bucket({"a", "y"}));
    must(t.put_bucket({"b", "z"}));
  });
  auto transaction = must(store().begin());
  EXPECT_EQ(must(transaction->fact(tenant(), "seen")), "2");
  EXPECT_EQ(must(transaction->fact(TenantId("other"), "seen")), std::nullopt);
  EXPECT_EQ(must(transaction->bucket("a")), "y");
  EXPECT_EQ(must(transaction->bucket("b")), "z");
  EXPECT_EQ(must(transaction->bucket("c")), std::nullopt);
}

}  // namespace
}  // namespace mlc::store
