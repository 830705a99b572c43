#include "configuration/toml_value.h"

#include <gtest/gtest.h>

#include "configuration/errors.h"

namespace mlc::configuration {
namespace {

// As deep as the key is long: nothing that walks down may run out of stack.
TEST(ParseToml, KeyWithoutEnd_IsRefusedByPlace) {
  std::string key = "a";
  for (int i = 1; i < 200'000; ++i) key += i % 2 == 0 ? ".a" : ".\"\\\"x\"";
  for (const auto& text :
       {"b = 1\n" + key + " = 1\n", "b = 1\n[" + key + "]\n", "b = 1\nc = { " + key + " = 1 }\n"}) {
    const auto value = parse_toml(text, "a.toml");
    ASSERT_FALSE(value);
    EXPECT_EQ(value.error().fact("line"), "2");
    EXPECT_EQ(value.error().fact("detail"), "a key of more than 100 parts");
  }
  std::string list = "a = [";
  for (int i = 0; i < 500; ++i) list += "\"A.B\", 1.5, ";
  EXPECT_TRUE(parse_toml(list + "]\nz.b.c = 1\n", "a.toml"));
}

// toml++ asserts that no file says such things.
TEST(ParseToml, WhatTheParserTakesForImpossible_IsRefusedByPlace) {
  for (const auto* text :
       {"[$a]\nb = 1\n", "[a.$]\n", "a = [1, }]\n", "a = { $ = 1 }\n", "a = {b = }\n", "a = [#\n",
        "a = [1}\n", "[[$]]\n", "\u00fc = 1\n", "a = \u00fc\n", "a \u00a1= 1\n", "a = 1\u0416\n",
        "[\u00fc]\n", "a = [\ufc00]\n"}) {
    const auto value = parse_toml(text, "a.toml");
    ASSERT_FALSE(value) << text;
    EXPECT_TRUE(value.error().is(kBadToml)) << text;
    EXPECT_NE(value.error().fact("line"), "0") << text;
  }
  EXPECT_TRUE(parse_toml("[a]\nb = 1\n", "a.toml"));
  EXPECT_TRUE(parse_toml("# \u00fc\n[\"\u00fc\"]\nb = \"\u00fc\"\n", "a.toml"));
}

TEST(ParseToml, EveryKindOfValue_KeepsTextAndPlace) {
  const auto document = parse_toml(
      "name = \"a\"\ncount = 7\nyes = true\nday = 2026-10-01\nlist = [\"x\", \"y\"]\n"
      "half = 0.5\n[table]\n  inner = 1\n",
      "f.toml");
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(document->find("name")->text, "a");
  EXPECT_EQ(document->find("count")->integer, 7);
  EXPECT_TRUE(document->find("yes")->boolean);
  EXPECT_EQ(format_date(document->find("day")->date), "2026-10-01");
  EXPECT_EQ(document->find("list")->items.size(), 2U);
  EXPECT_EQ(described(*document->find("half")), "a number with decimals");
  const TomlMember& inner = document->find("table")->members.front();
  EXPECT_EQ(inner.key, "inner");
  EXPECT_EQ(inner.place.line, 8);
  EXPECT_EQ(inner.place.column, 3);
  EXPECT_EQ(document->find("missing"), nullptr);
}

TEST(ParseToml, BrokenDocument_NamesFileLineAndColumn) {
  const auto document = parse_toml("a = 1\nb = \n", "f.toml");
  ASSERT_FALSE(document.has_value());
  EXPECT_TRUE(document.error().is(kBadToml));
  EXPECT_EQ(document.error().fact("file"), "f.toml");
  EXPECT_EQ(document.error().fact("line"), "2");
}

TEST(QuotedToml, QuotesAndControls_AreEscapedAndReadBack) {
  const std::string text = "a\"b\\c\x01 \xC3\xA9\n";
  const auto document = parse_toml("v = " + quoted_toml(text) + "\n", "f.toml");
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(document->find("v")->text, text);
}

TEST(Nearest, NearAndFarWords_OnlyTheNearIsNamed) {
  EXPECT_EQ(nearest("pots", {"post", "region"}), "post");
  EXPECT_EQ(nearest("zzzzzz", {"post", "region"}), "");
  EXPECT_EQ(nearest("home_zome", {"home_zone", "region"}), "home_zone");
}

}  // namespace
}  // namespace mlc::configuration
