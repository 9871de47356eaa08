package io.mockexo.internal.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.FrontEnd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1,192.0.2.1",
    "::ffff:192.0.2.1,192.0.2.1",
    "2001:db8:0:0:0:0:0:1,2001:db8::1",
    "::1,::1",
    "::,::",
    "2001:DB8::,2001:db8::",
    "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1,2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1,2001:db8::1:0:0:1",
    "1:2:3:4:5:6:7:8,1:2:3:4:5:6:7:8"
  })
  void addresses_are_written_as_in_rfc_5952(String literal, String text) {
    assertThat(AddressText.of(Script.address(literal))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "AM6PEPF0001A2B3,eurprd05.prod.outlook.com,AM6PR05MB4201.eurprd05.prod.outlook.com",
    "CH0PR13CA0024,namprd13.prod.outlook.com,CH0PR13MB4201.namprd13.prod.outlook.com",
    "FR4P281CA0258,DEUP281.PROD.OUTLOOK.COM,FR4P281MB4201.DEUP281.PROD.OUTLOOK.COM",
    "AM5EUR03FT042,eop-EUR03.prod.protection.outlook.com,AM5PR03MB4201.eurprd03.prod.outlook.com",
    "BL2NAM06FT004,Eop-nam06.prod.protection.outlook.com,BL2PR06MB4201.namprd06.prod.outlook.com",
    "AM1FFO11FD042,mail.protection.outlook.com,AM1PR05MB4201.eurprd05.prod.outlook.com",
    "fake,example.test,fake.example.test",
    "AM6PEPF0001A2B3,example.test,AM6PEPF0001A2B3.example.test"
  })
  void mailbox_servers_stand_in_site_and_forest_of_their_front_end(
      String server, String forest, String mailboxServer) {
    assertThat(MailboxServer.behind(new FrontEnd(server, forest))).isEqualTo(mailboxServer);
  }
}
