package com.example.mail;

import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Service;

@Service
public class Reports {

  private final JavaMailSender sender;

  Reports(JavaMailSender sender) {
    this.sender = sender;
  }

  public void send(String text) {
    SimpleMailMessage message = new SimpleMailMessage();
    message.setFrom("app@contoso.com");
    message.setTo("alice@contoso.com");
    message.setSubject("report");
    message.setText(text);
    sender.send(message);
  }
}
