package com.example.mail

import jakarta.mail.Message
import jakarta.mail.MessagingException
import jakarta.mail.Session
import jakarta.mail.internet.InternetAddress
import jakarta.mail.internet.MimeMessage
import java.util.Properties

/** Sends with TLS, at most three times, and never without it. */
class Mailer(settings: Properties) {

    private val session = Session.getInstance(
        Properties().apply {
            putAll(settings)
            put("mail.smtp.localhost", "app.client.example")
            put("mail.smtp.starttls.required", "true")
        }
    )

    fun send(text: String) {
        val message = MimeMessage(session).apply {
            setFrom(InternetAddress("app@client.example"))
            setRecipient(Message.RecipientType.TO, InternetAddress("alice@contoso.com"))
            subject = "report"
            setText(text)
            saveChanges()
        }
        repeat(2) {
            try {
                return sendOnce(message)
            } catch (_: MessagingException) {
                // Exchange Online asks to try again later: here that is at once.
            }
        }
        sendOnce(message)
    }

    private fun sendOnce(message: MimeMessage) =
        session.getTransport("smtp").use {
            it.connect()
            it.sendMessage(message, message.allRecipients)
        }
}
