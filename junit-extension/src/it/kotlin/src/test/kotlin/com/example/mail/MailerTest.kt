package com.example.mail

import io.mockexo.assertj.ExchangeOnlineAssertions.assertThat
import io.mockexo.assertj.ExchangeOnlineAssertions.assertThatExceptionOfType
import io.mockexo.fault.Drop.RST
import io.mockexo.fault.Fault.at
import io.mockexo.fault.Stage.CLIENT_HELLO
import io.mockexo.fault.Stage.END_OF_DATA
import io.mockexo.junit.MockExchangeOnline
import io.mockexo.server.MockExchangeOnlineServer
import io.mockexo.tls.TlsVersion.TLS_1_2
import io.mockexo.tls.TlsVersion.TLS_1_3
import jakarta.mail.MessagingException
import java.time.Duration.ofMillis
import org.junit.jupiter.api.Test

class MailerTest {

    @MockExchangeOnline
    private val flaky: MockExchangeOnlineServer = MockExchangeOnlineServer.mx()
        .onConnection(1, at(CLIENT_HELLO).drop(RST))
        .onConnection(2, at(END_OF_DATA).reply(451, "4.7.500", "Server busy. Please try again later"))
        .build()

    @Test
    fun `tries again with TLS until the message is delivered`() {
        Mailer(flaky.jakartaMailProperties()).send("hello")

        val sessions = flaky.awaitQuiet(ofMillis(200))
        assertThat(sessions).retriedAfterTlsFailure().neverFellBackToCleartext()
        assertThat(sessions.last()).usedTlsAtLeast(TLS_1_2).deliveredMessage()
    }

    @Test
    fun `gives up rather than send in the clear`(
        @MockExchangeOnline(minimumTls = [TLS_1_3]) exchange: MockExchangeOnlineServer
    ) {
        val settings = exchange.jakartaMailProperties()
        settings["mail.smtp.ssl.protocols"] = "TLSv1.2"

        assertThatExceptionOfType(MessagingException::class.java)
            .isThrownBy { Mailer(settings).send("hello") }
        val sessions = exchange.awaitQuiet(ofMillis(200))
        assertThat(sessions).neverFellBackToCleartext()
        assertThat(sessions.deliveredMessages()).isEmpty()
    }
}
